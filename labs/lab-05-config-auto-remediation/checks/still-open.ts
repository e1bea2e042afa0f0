import type { RemediationConfiguration } from '@aws-sdk/client-config-service';
import type { Account } from '../../../checker/account';
import { fail, notGradable, type Outcome, pending, type Proof } from '../../../checker/check';
import { officeRange, world, world6 } from '../scene/ingress';
import { type Automation, complianceOf, hasException, lastAutomation } from './automation';
import { describeGroup, letsIn } from './found';

/** Calls that it takes to say why a group is still open. */
export const readsWhyOpen = [
  'config:DescribeRemediationExceptions',
  'config:DescribeRemediationExecutionStatus',
  'config:GetComplianceDetailsByResource',
  'ec2:DescribeSecurityGroups',
  'ssm:DescribeAutomationExecutions',
  'ssm:GetAutomationExecution',
];

/** From where in the world the group lets SSH in, if it does. */
export async function openTo(account: Account, groupId: string): Promise<string | undefined> {
  const group = await describeGroup(account, groupId);
  return [world, world6].find((range) => letsIn(group, 22, range));
}

const lost = {
  wanted: `No SSH from ${world} or ${world6}; 443 and ${officeRange} as they were.`,
  where: 'Config, the rule, the group, Remediation status; Systems Manager, Automation',
};

/** What became of the automation that was to close the group. */
export async function whyOpen(
  account: Account,
  remediation: RemediationConfiguration,
  { groupId, range }: { groupId: string; range: string },
): Promise<Outcome> {
  const rule = remediation.ConfigRuleName ?? '';
  const open = `${groupId} is still open to ${range}`;
  const proof = closedTo(groupId, `TCP 22 from ${range}`);
  const automation = await lastAutomation(account, remediation, groupId);
  const isExcepted = await hasException(account, rule, groupId);
  const excepted = isExcepted ? ' A remediation exception keeps Config from trying again.' : '';
  if (automation?.error) return failedAutomation(automation, { open, excepted, proof });
  if (isExcepted) return fail({ ...lost, seen: `${open}.${excepted}`, proof });
  if (automation && automation.state !== 'SUCCEEDED') {
    return pending(`${open}; the automation is ${automation.state}.`, 'Within minutes.');
  }
  const verdict = await complianceOf(account, rule, groupId);
  const seen = `${open}; to ${rule} it is ${verdict}, and nothing has closed it.`;
  return fail({ ...lost, seen, proof });
}

/** Nothing hangs on the rule any more, so nothing can close a group. */
export const noRemediation = ({ accountId }: Account, seen: string): Outcome =>
  fail({
    ...lost,
    seen,
    proof: {
      call: 'config:DescribeConfigRules',
      resource: accountId,
      path: 'ConfigRules[], with a remediation',
      expected: 'the SSH rule',
      actual: null,
    },
  });

/** Rests a verdict on the group's own rules. */
export const closedTo = (groupId: string, actual = 'none'): Proof => ({
  call: 'ec2:DescribeSecurityGroups',
  resource: groupId,
  path: 'SecurityGroups[0].IpPermissions',
  expected: 'no rule on TCP 22 that is open to the world',
  actual,
});

// --- internal ---

function failedAutomation(
  { step, error = '' }: Automation,
  told: { open: string; excepted: string; proof: Proof },
): Outcome {
  const failed = `step ${step || '(none)'} of the automation failed: ${error.replace(/\.?$/, '.')}`;
  if (/ is not emulated/.test(error)) return notGradable(`${told.open}: ${failed}`);
  const seen = `${told.open}: ${failed}${told.excepted}`;
  return fail({ ...lost, seen, proof: told.proof });
}
