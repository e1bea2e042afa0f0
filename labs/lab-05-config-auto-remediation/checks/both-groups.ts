import type { RemediationConfiguration } from '@aws-sdk/client-config-service';
import type { Account } from '../../../checker/account';
import { type Check, fail, type Outcome, pass } from '../../../checker/check';
import { exceptionsOf } from './automation';
import { findRemediation, groupIds } from './found';
import { closedTo, noRemediation, openTo, readsWhyOpen, whyOpen } from './still-open';

const reads = ['config:DescribeConfigRules', 'config:DescribeRemediationConfigurations'];

export const neitherGroupIsOpen: Check = {
  title: 'Neither group lets SSH in from the world',
  task: 'e',
  points: 7,
  needs: [
    'roleIsTrustedBySsmOnly',
    'roleMayCloseTaggedGroups',
    'sshRuleEvaluatesBothGroups',
    'groupComesFromTheFinding',
  ],
  reads: [...reads, ...readsWhyOpen],
  objective: 'Know why a runbook that works in the default VPC fails in any other.',
  eventually: { within: '20m', every: '15s' },
  look: (account) =>
    withRemediation(account, async (remediation) => {
      const ids = Object.values(groupIds(account));
      for (const groupId of ids) {
        const range = await openTo(account, groupId);
        if (range) return whyOpen(account, remediation, { groupId, range });
      }
      return pass(`${ids.join(' and ')} are closed.`, closedTo(ids.join(', ')));
    }),
};

export const noExceptionIsLeft: Check = {
  title: 'No remediation exception stands on either group',
  task: 'e',
  points: 5,
  needs: ['neitherGroupIsOpen'],
  reads: [...reads, 'config:DescribeRemediationExceptions'],
  objective: 'Clear what failed attempts leave: an exception stops every later remediation.',
  look: (account) =>
    withRemediation(account, async ({ ConfigRuleName: rule = '' }) => {
      const ids = await exceptionsOf(account, rule, Object.values(groupIds(account)));
      const proof = {
        call: 'config:DescribeRemediationExceptions',
        resource: rule,
        path: 'RemediationExceptions[].ResourceId',
        expected: [],
        actual: ids,
      };
      if (ids.length === 0) return pass(`${rule} has no exception for the lab's groups.`, proof);
      return fail({
        seen: `${rule} has a remediation exception for ${ids.join(' and ')}.`,
        wanted: 'None: Config leaves a resource alone as long as its exception stands.',
        where: 'Config, the rule, Resources in scope, Delete remediation exception',
        proof,
      });
    }),
};

// --- internal ---

async function withRemediation(
  account: Account,
  look: (remediation: RemediationConfiguration) => Promise<Outcome>,
): Promise<Outcome> {
  const remediation = await findRemediation(account);
  return remediation ? look(remediation) : noRemediation(account, 'The rule has no remediation.');
}
