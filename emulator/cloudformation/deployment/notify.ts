import type { StackEvent } from '@aws-sdk/client-cloudformation';
import type { SNS } from '@aws-sdk/client-sns';
import type { Call } from '../../call';
import type { Stack } from '../stack';

// One after the other for each stack, so that events arrive in their order.
const lines = new WeakMap<Stack, Promise<void>>();

/** Sends a stack event to the topics that the stack names; whoever is not reached misses it. */
export function notify(call: Call, stack: Stack, event: StackEvent): void {
  const topics = stack.settings.notificationArns;
  if (topics.length === 0) return;
  const before = lines.get(stack) ?? Promise.resolve();
  const sent = before.then(async () => {
    for (const TopicArn of topics) await send(call, TopicArn, event);
  });
  lines.set(stack, sent);
  call.background(() => sent);
}

async function send(call: Call, TopicArn: string, event: StackEvent): Promise<void> {
  const Subject = 'AWS CloudFormation Notification';
  try {
    await call.client<SNS>('sns').publish({ TopicArn, Subject, Message: messageOf(call, event) });
  } catch (error) {
    if (!(error instanceof Error) || !('$metadata' in error)) throw error;
  }
}

const messageOf = (call: Call, event: StackEvent): string =>
  [
    ['StackId', event.StackId],
    ['Timestamp', event.Timestamp?.toISOString()],
    ['EventId', event.EventId],
    ['LogicalResourceId', event.LogicalResourceId],
    ['Namespace', call.accountId],
    ['PhysicalResourceId', event.PhysicalResourceId],
    ['ResourceProperties', event.ResourceProperties ?? 'null\n'],
    ['ResourceStatus', event.ResourceStatus],
    ['ResourceStatusReason', event.ResourceStatusReason ?? ''],
    ['ResourceType', event.ResourceType],
    ['StackName', event.StackName],
    ['ClientRequestToken', event.ClientRequestToken ?? 'null'],
  ]
    .map(([name, value]) => `${name}='${value}'\n`)
    .join('');
