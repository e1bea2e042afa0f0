import type { Account } from '../../../checker/account';
import type { Check } from '../../../checker/check';
import { everyPage } from '../../../checker/pages';
import { output } from '../release/output';
import { failures } from '../release/sample-events';
import { judge, pipelineReads, withPipeline } from './found';
import { allowedOn } from './permissions';

export const failuresReachTheTopic: Check = {
  title: 'A failed execution of the pipeline reaches the approvals topic',
  task: 'f',
  points: 6,
  needs: ['pipelineAsksBeforeItDeploys'],
  reads: [
    ...pipelineReads,
    'events:ListRuleNamesByTarget',
    'events:DescribeRule',
    'events:ListTargetsByRule',
    'events:TestEventPattern',
    'iam:SimulatePrincipalPolicy',
  ],
  objective: 'Write a pattern in the spelling of events: FAILED, where the API says Failed.',
  look: (account) =>
    withPipeline(account, async ({ name }) => {
      const topic = output(account, 'ApprovalsTopicArn');
      const rules = await rulesTo(account, topic);
      const matching: string[] = [];
      for (const rule of rules) if (await tells(account, rule, name)) matching.push(rule);
      return judge(matching.length > 0, {
        seen:
          matching.length > 0
            ? `${matching.join(', ')} tells ${topic} of failed executions of ${name}.`
            : `Of the rules to ${topic} (${rules.join(', ') || 'none'}) none matches a failed execution of ${name}.`,
        wanted: `A rule on the events of CodePipeline whose detail.state is FAILED, with ${topic} as target.`,
        where: 'EventBridge, Rules (default bus), event pattern',
        proof: {
          call: 'events:ListRuleNamesByTarget',
          resource: topic,
          path: 'rules whose pattern matches detail.state FAILED',
          expected: 'one or more',
          actual: matching.join(', ') || 'none',
        },
      });
    }),
};

// --- internal ---

async function rulesTo({ events }: Account, TargetArn: string): Promise<string[]> {
  const pages = await everyPage(
    (NextToken) => events.listRuleNamesByTarget({ TargetArn, NextToken }),
    ({ NextToken }) => NextToken,
  );
  return pages.flatMap(({ RuleNames = [] }) => RuleNames);
}

async function tells(account: Account, Name: string, pipeline: string): Promise<boolean> {
  const { State, EventPattern } = await account.events.describeRule({ Name });
  if (State === 'DISABLED' || !EventPattern) return false;
  for (const event of failures(account, pipeline)) {
    const Event = JSON.stringify(event);
    const { Result } = await account.events.testEventPattern({ EventPattern, Event });
    if (Result) return mayPublish(account, Name);
  }
  return false;
}

/** The scene's topic lets EventBridge publish; a role on the target must be allowed to. */
async function mayPublish(account: Account, Rule: string): Promise<boolean> {
  const topic = output(account, 'ApprovalsTopicArn');
  const { Targets = [] } = await account.events.listTargetsByRule({ Rule });
  const role = Targets.find(({ Arn }) => Arn === topic)?.RoleArn;
  if (!role) return true;
  const asked = { action: 'sns:Publish', resources: [topic] };
  return (await allowedOn(account, role, asked)).length > 0;
}
