import type { Principal } from '../principal';
import type { Context } from './pattern';

/** Condition keys as a caller gives them, in any letter case. */
export type GivenContext = Record<string, string | string[]>;

/** The keys that follow from who calls; what the request itself gives wins over them. */
export function contextOf(principal: Principal, given: GivenContext): Context {
  const entries = { ...principalKeys(principal), ...given };
  return new Map(
    Object.entries(entries).map(([key, value]) => [
      key.toLowerCase(),
      Array.isArray(value) ? value : [value],
    ]),
  );
}

function principalKeys(principal: Principal): GivenContext {
  if (principal.type === 'service')
    return {
      'aws:PrincipalIsAWSService': 'true',
      'aws:PrincipalServiceName': principal.service,
      'aws:PrincipalServiceNamesList': [principal.service],
    };
  const common = {
    'aws:PrincipalAccount': principal.accountId,
    'aws:PrincipalIsAWSService': 'false',
  };
  if (principal.type === 'role')
    return { ...common, 'aws:PrincipalArn': principal.roleArn, 'aws:PrincipalType': 'AssumedRole' };
  const own = { ...common, 'aws:PrincipalArn': principal.arn };
  return principal.type === 'user'
    ? { ...own, 'aws:PrincipalType': 'User', 'aws:username': principal.userName }
    : { ...own, 'aws:PrincipalType': 'Account', 'aws:userid': principal.accountId };
}
