import type { STS } from '@aws-sdk/client-sts';
import type { Call } from '../../../call';
import { type Caller, sessionOf } from '../../../principal';
import type { SessionCredentials } from '../../../runtime';
import type { Execution, SsmState } from '../state';
import { table } from '../../../table';

const linkedRoles: Record<string, string> = table({
  'config.amazonaws.com': 'AWSServiceRoleForConfigRemediation',
});

/** Who started it, as ExecutedBy shows: a service does so in its linked role; its session's name is not verified. */
export function starterArn({ starter }: Pick<Execution, 'starter'>): string {
  if (starter.type !== 'service') return starter.arn;
  const role = linkedRoles[starter.service] ?? 'AWSServiceRole';
  return `arn:aws:sts::${starter.accountId}:assumed-role/${role}/AutomationStart`;
}

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
  await assume({ id, role }, call);
  return { principal: sessionOf(role, `Automation-${id}`) };
}

/** Keys of the automation's role for a program; without a role there are none, as on AWS. */
export const credentialsOf = async (
  { id, role }: Pick<Execution, 'id' | 'role'>,
  call: Call<SsmState>,
): Promise<SessionCredentials> => (role === undefined ? {} : await assume({ id, role }, call));

async function assume({ id, role }: { id: string; role: string }, call: Call<SsmState>) {
  const source = call.arn(`automation-execution/${id}`);
  const sts = call.client<STS>('sts', call.asService('ssm.amazonaws.com', source));
  const { Credentials = {} } = await sts.assumeRole({
    RoleArn: role,
    RoleSessionName: `Automation-${id}`,
  });
  return Credentials;
}
