import type { STS } from '@aws-sdk/client-sts';
import type { Call } from '../../../call';
import { type Caller, sessionOf } from '../../../principal';
import type { Execution, SsmState } from '../state';

/**
 * Who the steps act as. A service that starts an automation without a role lends it nothing: its
 * service-linked role may start automations and no more.
 */
export async function callerOf(
  { id, role, starter }: Pick<Execution, 'id' | 'role' | 'starter'>,
  call: Call<SsmState>,
): Promise<Caller> {
  if (role === undefined) {
    if (starter.type !== 'service') return { principal: starter };
    const path = `arn:aws:iam::${starter.accountId}:role/aws-service-role/${starter.service}`;
    return { principal: sessionOf(`${path}/AWSServiceRole`, `Automation-${id}`) };
  }
  const RoleSessionName = `Automation-${id}`;
  const source = call.arn(`automation-execution/${id}`);
  const sts = call.client<STS>('sts', call.asService('ssm.amazonaws.com', source));
  await sts.assumeRole({ RoleArn: role, RoleSessionName });
  return { principal: sessionOf(role, RoleSessionName) };
}
