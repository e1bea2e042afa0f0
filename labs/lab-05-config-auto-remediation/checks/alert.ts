import type { DescribeRuleResponse, Target } from '@aws-sdk/client-eventbridge';
import type { Account } from '../../../checker/account';
import { type Check, fail, pass, type Proof } from '../../../checker/check';
import { everyPage } from '../../../checker/pages';
import { complianceChange } from './event';
import { findRule, groupIds, output } from './found';
import { allowedOn, trustedBy } from './permissions';
import { letsEventsPublish } from './publishing';

const reads = [
  'config:DescribeConfigRules',
  'config:DescribeRemediationConfigurations',
  'events:ListRuleNamesByTarget',
  'events:DescribeRule',
  'events:TestEventPattern',
];

export const alertRuleMatchesNonCompliant: Check = {
  title: 'An event rule with the alerts topic as target matches NON_COMPLIANT',
  task: 'd',
  points: 5,
  reads,
  objective: 'Write an event pattern against the event that Config really sends.',
  async look(account) {
    const rules = await rulesToTopic(account);
    const matching = await rulesThatMatch(account);
    const names = rules.map(({ Name }) => Name).join(', ');
    const where = 'EventBridge, Rules (default bus), event pattern';
    const wanted =
      'A pattern that matches detail.newEvaluationResult.complianceType NON_COMPLIANT.';
    const proof = patternProof(account, rules, matching);
    if (matching[0])
      return pass(`${matching[0].Name} matches the event and aims at the topic.`, proof);
    if (rules.length === 0) {
      return fail({
        seen: 'No enabled rule has the alerts topic as target.',
        wanted,
        where,
        proof,
      });
    }
    return fail({
      proof,
      seen: `${names} does not match the event that Config sends on NON_COMPLIANT.`,
      wanted,
      where,
    });
  },
};

export const eventBridgeMayPublish: Check = {
  title: 'EventBridge may publish to the alerts topic',
  task: 'd',
  points: 5,
  needs: ['alertRuleMatchesNonCompliant'],
  reads: [
    ...reads,
    'events:ListTargetsByRule',
    'sns:GetTopicAttributes',
    'iam:GetRole',
    'iam:SimulatePrincipalPolicy',
  ],
  objective: 'Let a service deliver: a resource policy, or a role on the target.',
  async look(account) {
    const topicArn = output(account.outputs, 'AlertsTopicArn');
    for (const rule of await rulesThatMatch(account)) {
      const way = await wayToTopic(account, rule, topicArn);
      if (way) return pass(way, proofOf(topicArn, way));
    }
    return fail({
      proof: proofOf(topicArn, null),
      seen: `${topicArn} does not let EventBridge publish, so the event gets lost on its way.`,
      wanted: 'sns:Publish for events.amazonaws.com in the topic policy, or a role on the target.',
      where: 'SNS, the topic, Access policy; EventBridge, the rule, Targets, execution role',
    });
  },
};

// --- internal ---

function patternProof(
  { outputs }: Account,
  rules: DescribeRuleResponse[],
  matching: DescribeRuleResponse[],
): Proof {
  const matches = new Set(matching.map(({ Name }) => Name));
  const [best] = [...matching, ...rules];
  return {
    call: best ? 'events:TestEventPattern' : 'events:ListRuleNamesByTarget',
    resource: best?.Arn ?? output(outputs, 'AlertsTopicArn'),
    path: best ? 'Result' : 'RuleNames',
    expected: 'true for one rule',
    actual: Object.fromEntries(rules.map(({ Name }) => [Name, matches.has(Name)])),
  };
}

const proofOf = (resource: string, actual: string | null): Proof => ({
  call: 'events:ListTargetsByRule',
  resource,
  path: "Targets[].RoleArn, else the topic's Attributes.Policy",
  expected: 'a role or a statement that lets events.amazonaws.com publish',
  actual,
});

async function rulesToTopic({ events, outputs }: Account) {
  const TargetArn = output(outputs, 'AlertsTopicArn');
  const pages = await everyPage(
    (NextToken) => events.listRuleNamesByTarget({ TargetArn, NextToken }),
    ({ NextToken }) => NextToken,
  );
  const names = pages.flatMap(({ RuleNames = [] }) => RuleNames);
  const rules = await Promise.all(names.map((Name) => events.describeRule({ Name })));
  return rules.filter(({ State }) => State !== 'DISABLED');
}

async function rulesThatMatch(account: Account) {
  const rule = await findRule(account);
  const Event = JSON.stringify(
    complianceChange(account, {
      rule: { name: rule?.ConfigRuleName ?? 'restricted-ssh', arn: rule?.ConfigRuleArn ?? '' },
      groupId: groupIds(account).inDefaultVpc,
    }),
  );
  const found = [];
  for (const candidate of await rulesToTopic(account)) {
    const { EventPattern } = candidate;
    if (!EventPattern) continue;
    const { Result } = await account.events.testEventPattern({ EventPattern, Event });
    if (Result) found.push(candidate);
  }
  return found;
}

/** How the rule's event gets into the topic; nothing when it does not. */
async function wayToTopic(
  account: Account,
  { Name, Arn: ruleArn = '' }: DescribeRuleResponse,
  topicArn: string,
): Promise<string | undefined> {
  const { Targets = [] } = await account.events.listTargetsByRule({ Rule: Name });
  const target = Targets.find(({ Arn }) => Arn === topicArn);
  if (target?.RoleArn) {
    const isAllowed = await roleMayPublish(account, target);
    return isAllowed ? `${Name} publishes as ${target.RoleArn}.` : undefined;
  }
  const policy = await policyOf(account, topicArn);
  const isAllowed = letsEventsPublish(policy, { topicArn, ruleArn, accountId: account.accountId });
  return isAllowed ? `The policy of ${topicArn} lets EventBridge publish.` : undefined;
}

async function policyOf({ sns }: Account, TopicArn: string): Promise<string> {
  const { Attributes } = await sns.getTopicAttributes({ TopicArn });
  return Attributes?.['Policy'] ?? '{}';
}

async function roleMayPublish(account: Account, { RoleArn = '', Arn = '' }: Target) {
  const { Role } = await account.iam.getRole({
    RoleName: RoleArn.slice(RoleArn.lastIndexOf('/') + 1),
  });
  const trusted = trustedBy(Role?.AssumeRolePolicyDocument ?? '');
  const allowed = await allowedOn(account, RoleArn, { actions: ['sns:Publish'], resource: Arn });
  return trusted.includes('events.amazonaws.com') && allowed.length > 0;
}
