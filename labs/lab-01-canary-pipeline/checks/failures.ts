import type { Account } from '../../../checker/account';
import type { Check } from '../../../checker/check';
import { everyPage } from '../../../checker/pages';
import { output } from '../release/output';
import { failures } from '../release/sample-events';
import { notificationRules } from './notifying';
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
    'codestar-notifications:ListNotificationRules',
    'codestar-notifications:DescribeNotificationRule',
  ],
  objective: 'Write a pattern in the spelling of events: FAILED, where the API says Failed.',
  look: (account) =>
    withPipeline(account, async ({ name }) => {
      const topic = output(account, 'ApprovalsTopicArn');
      const { names, telling } = await tellersOf(account, name, topic);
      return judge(telling.length > 0, {
        seen:
          telling.length > 0
            ? `${telling.join(', ')} tells ${topic} of failed executions of ${name}.`
            : `Of the rules to ${topic} (${names.join(', ') || 'none'}) none matches a failed execution of ${name}.`,
        wanted: `A rule on the events of CodePipeline whose detail.state is FAILED, with ${topic} as target; or a notification rule of the pipeline for its failed executions, with that target.`,
        where:
          'EventBridge, Rules (default bus), event pattern; or CodePipeline, Settings, Notifications',
        proof: {
          call: 'events:ListRuleNamesByTarget',
          resource: topic,
          path: 'rules whose pattern matches detail.state FAILED, and notification rules',
          expected: 'one or more',
          actual: telling.join(', ') || 'none',
        },
      });
    }),
};

// --- internal ---

/** Rules to the topic, and those that tell it; a notification rule is looked for when no other does. */
async function tellersOf(account: Account, pipeline: string, topic: string) {
  const rules = await rulesTo(account, topic);
  const telling: string[] = [];
  for (const rule of rules) if (await tells(account, rule, pipeline)) telling.push(rule);
  if (telling.length > 0) return { names: rules, telling };
  const notifications = await notificationRules(account, pipeline, topic);
  return { names: [...rules, ...notifications.names], telling: notifications.telling };
}

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
