import type { Principal } from '../principal';
import type { Principals } from './document';

/**
 * How directly a resource policy names a principal. Naming the account only delegates to its
 * identity policies; naming a role still leaves its sessions bounded by boundary and session
 * policies; naming the session, the user or everyone is enough by itself.
 */
export type Grant = 'none' | 'account' | 'role' | 'direct';

const order: Grant[] = ['none', 'account', 'role', 'direct'];

/** The more direct of two grants. */
export const stronger = (left: Grant, right: Grant): Grant =>
  order.indexOf(left) >= order.indexOf(right) ? left : right;

/** What a statement's Principal or NotPrincipal says about this principal. */
export function grantOf(principals: Principals, principal: Principal): Grant {
  const named = Object.entries(principals.values)
    .flatMap(([type, values]) => values.map((value) => grantBy(type, value, principal)))
    .reduce(stronger, 'none');
  if (!principals.negated) return named;
  // An account listed in NotPrincipal does not exempt its users and roles.
  return named === 'none' || named === 'account' ? 'direct' : 'none';
}

function grantBy(type: string, value: string, principal: Principal): Grant {
  if (value === '*') return type === 'AWS' ? 'direct' : 'none';
  if (principal.type === 'service')
    return type === 'Service' && value === principal.service ? 'direct' : 'none';
  return type === 'AWS' ? grantByArn(value, principal) : 'none';
}

function grantByArn(value: string, principal: Principal): Grant {
  if (value === principal.arn) return 'direct';
  if (principal.type === 'role' && value === principal.roleArn) return 'role';
  if (accountNamed(value) !== principal.accountId) return 'none';
  return principal.type === 'root' ? 'direct' : 'account';
}

/** The account that `123456789012` or `arn:aws:iam::123456789012:root` stands for. */
const accountNamed = (value: string): string | undefined =>
  /^(?:arn:aws[\w-]*:iam::)?(\d{12})(?::root)?$/.exec(value)?.[1];
