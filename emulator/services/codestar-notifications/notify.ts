import type { SNS } from '@aws-sdk/client-sns';
import type { AwsEvent } from '../../call';
import { additionalAttributes } from './additional-attributes';
import { eventTypeOf, type EventType } from './event-types';
import type { NotificationsCall, Rule } from './state';

/** Tells the topics of every rule that an event is for, if their policies let the service. */
export async function notify(event: AwsEvent, call: NotificationsCall): Promise<void> {
  const at = call.now();
  for (const rule of call.state.rules.values()) {
    if (!isFor(rule, event, call)) continue;
    const Message = JSON.stringify(await notification(event, { rule, at }, call));
    for (const address of rule.targets) await publish(address, { rule, Message }, call);
  }
}

function isFor(rule: Rule, event: AwsEvent, call: NotificationsCall): boolean {
  if (rule.status !== 'ENABLED' || !resourcesOf(event, call).includes(rule.resource)) return false;
  return rule.eventTypeIds.some((id) => {
    const type = eventTypeOf(id);
    return type !== undefined && isOf(type, event);
  });
}

const isOf = (type: EventType, { detailType, detail }: AwsEvent): boolean =>
  type.detailType === detailType &&
  detail[type.member] === type.value &&
  (!type.isApproval || (detail['type'] as { category?: string }).category === 'Approval');

/** Events of builds are about the build; rules are on its project. */
const resourcesOf = ({ source, detail, resources = [] }: AwsEvent, call: NotificationsCall) =>
  source === 'aws.codebuild'
    ? [
        `arn:aws:codebuild:${call.region}:${call.accountId}:project/${String(detail['project-name'])}`,
      ]
    : resources;

// https://docs.aws.amazon.com/codepipeline/latest/userguide/detect-state-changes-cloudwatch-events.html
const notification = async (
  event: AwsEvent,
  { rule, at }: { rule: Rule; at: Date },
  call: NotificationsCall,
) => ({
  account: call.accountId,
  detailType: event.detailType,
  region: call.region,
  source: event.source,
  time: `${at.toISOString().slice(0, 19)}Z`,
  notificationRuleArn: rule.arn,
  detail: event.detail,
  resources: event.resources ?? [],
  additionalAttributes: rule.detailType === 'FULL' ? await additionalAttributes(event, call) : {},
});

/** A topic that cannot be published to is shown as unreachable until the next notification arrives. */
async function publish(
  TopicArn: string,
  { rule, Message }: { rule: Rule; Message: string },
  call: NotificationsCall,
): Promise<void> {
  const sns = call.client<SNS>(
    'sns',
    call.asService('codestar-notifications.amazonaws.com', rule.arn),
  );
  try {
    await sns.publish({ TopicArn, Message });
    call.state.targets.set(TopicArn, 'ACTIVE');
  } catch (error) {
    if (!(error instanceof Error && '$fault' in error)) throw error;
    call.state.targets.set(TopicArn, 'UNREACHABLE');
  }
}
