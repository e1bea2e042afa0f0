import type { ConfigRule } from '@aws-sdk/client-config-service';
import type { Account } from '../../../checker/account';
import { type Check, fail, type Outcome, pass, type Proof } from '../../../checker/check';
import { everyPage } from '../../../checker/pages';
import { findRule, groupIds, isScopedByLabTag, isSshRule, labTag } from './found';

const reads = ['config:DescribeConfigRules', 'config:DescribeRemediationConfigurations'];

const where = 'Config, Rules; in CloudFormation AWS::Config::ConfigRule';

export const sshRuleIsActive: Check = {
  title: 'An INCOMING_SSH_DISABLED rule is active',
  task: 'b',
  points: 3,
  reads,
  objective: 'Choose the managed rule that judges what you care about.',
  async look(account) {
    const rule = await findRule(account);
    const wanted = 'An active AWS managed rule with the identifier INCOMING_SSH_DISABLED.';
    const proof = identifierProof(account, rule);
    if (!rule) return fail({ ...noRule, wanted, proof });
    const seen = `${rule.ConfigRuleName} is ${rule.Source?.SourceIdentifier}, ${rule.ConfigRuleState}.`;
    // A rule that is evaluating at this moment is active all the same.
    const isActive = rule.ConfigRuleState === 'ACTIVE' || rule.ConfigRuleState === 'EVALUATING';
    return isSshRule(rule) && isActive ? pass(seen, proof) : fail({ seen, wanted, where, proof });
  },
};

export const sshRuleIsScopedByTag: Check = {
  title: 'The rule is scoped to resources tagged dop-labs:lab=lab-05',
  task: 'b',
  points: 4,
  needs: ['sshRuleIsActive'],
  reads,
  objective: 'Scope a rule by tag, so that new groups are in and strangers are out.',
  look: (account) =>
    withRule(account, async (rule) => {
      const seen = `${rule.ConfigRuleName} is scoped to ${scopeOf(rule)}.`;
      const proof = proofOf(account, rule, {
        path: 'Scope',
        expected: { TagKey: labTag, TagValue: account.lab },
        actual: rule.Scope ?? null,
      });
      if (isScopedByLabTag(account, rule)) return pass(seen, proof);
      const wanted = `The tag ${labTag} with the value ${account.lab}.`;
      return fail({ seen, wanted, where, proof });
    }),
};

export const sshRuleEvaluatesBothGroups: Check = {
  title: 'The rule has evaluated both groups',
  task: 'b',
  points: 3,
  needs: ['sshRuleIsScopedByTag'],
  reads: [...reads, 'config:GetComplianceDetailsByConfigRule'],
  objective: 'Read which resources a rule has judged, and how.',
  eventually: { within: '15m', every: '15s' },
  look: (account) =>
    withRule(account, async (rule) => {
      const verdicts = await evaluationsOf(account, rule);
      const ids = Object.values(groupIds(account));
      const told = ids.map((id) => `${id} ${verdicts.get(id) ?? 'not evaluated'}`).join(', ');
      const seen = `${rule.ConfigRuleName}: ${told}.`;
      const proof = {
        call: 'config:GetComplianceDetailsByConfigRule',
        resource: rule.ConfigRuleArn ?? '',
        path: 'EvaluationResults[].EvaluationResultIdentifier…ResourceId',
        expected: ids,
        actual: ids.filter((id) => verdicts.has(id)),
      };
      if (ids.every((id) => verdicts.has(id))) return pass(seen, proof);
      return fail({
        seen,
        proof,
        wanted: 'A result for each of the two groups.',
        where: 'Config, the rule, Resources in scope; is the recorder on, are both groups tagged?',
      });
    }),
};

// --- internal ---

async function withRule(
  account: Account,
  look: (rule: ConfigRule) => Promise<Outcome>,
): Promise<Outcome> {
  const rule = await findRule(account);
  if (rule) return look(rule);
  const proof = proofOf(account, rule, { path: 'Source', expected: 'a rule', actual: null });
  return fail({ ...noRule, wanted: 'The SSH rule.', proof });
}

const noRule = { seen: 'No rule looks at the groups of the lab.', where };

const identifierProof = (account: Account, rule: ConfigRule | undefined): Proof =>
  proofOf(account, rule, {
    path: 'Source.SourceIdentifier, ConfigRuleState',
    expected: ['INCOMING_SSH_DISABLED', 'ACTIVE'],
    actual: [rule?.Source?.SourceIdentifier, rule?.ConfigRuleState],
  });

const proofOf = (
  { accountId }: Account,
  rule: ConfigRule | undefined,
  { path, ...values }: Pick<Proof, 'path' | 'expected' | 'actual'>,
): Proof => ({
  call: 'config:DescribeConfigRules',
  resource: rule?.ConfigRuleArn ?? accountId,
  path: `ConfigRules[].${path}`,
  ...values,
});

function scopeOf({ Scope = {} }: ConfigRule): string {
  const { TagKey, TagValue, ComplianceResourceId, ComplianceResourceTypes } = Scope;
  if (TagKey) return `the tag ${TagKey}=${TagValue ?? '(any value)'}`;
  if (ComplianceResourceId) return `the one resource ${ComplianceResourceId}`;
  return `every ${ComplianceResourceTypes?.join(', ') ?? 'resource'} of the account`;
}

async function evaluationsOf({ config }: Account, { ConfigRuleName }: ConfigRule) {
  const pages = await everyPage(
    (NextToken) => config.getComplianceDetailsByConfigRule({ ConfigRuleName, NextToken }),
    ({ NextToken }) => NextToken,
  );
  const results = pages.flatMap(({ EvaluationResults = [] }) => EvaluationResults);
  return new Map(
    results.map(({ EvaluationResultIdentifier, ComplianceType }) => [
      EvaluationResultIdentifier?.EvaluationResultQualifier?.ResourceId,
      ComplianceType,
    ]),
  );
}
