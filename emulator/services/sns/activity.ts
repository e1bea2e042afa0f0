import type { MetricDatum } from '@aws-sdk/client-cloudwatch';
import { endOfMinute, publishMetrics } from '../../service-metrics';
import type { Activity, SnsCall, Topic } from './state';

type Counted = Partial<Record<keyof Activity, number>>;

/** Counts for the topic's metrics, which are published once a minute. */
export function count(topic: Topic, happened: Counted, call: SnsCall): void {
  if (!call.offers('cloudwatch')) return;
  const activity = (topic.activity ??= none());
  for (const [name, value] of Object.entries(happened)) activity[name as keyof Activity] += value;
  const { state, timers, now } = call.elsewhere(topic.accountId, topic.region);
  const active = (state.active ??= new Set());
  if (active.size === 0)
    timers.set({ id: 'publish', name: 'publish', at: endOfMinute(now().getTime()) });
  active.add(topic.name);
}

const none = (): Activity => ({
  published: 0,
  bytes: 0,
  delivered: 0,
  failed: 0,
  filteredOut: 0,
  redriven: 0,
  notRedriven: 0,
});

/** Publishes what happened in the topics of this account and Region. */
export async function publish(_payload: unknown, call: SnsCall): Promise<void> {
  const names = [...(call.state.active ?? [])];
  delete call.state.active;
  const data = names.flatMap((name) => {
    const topic = call.state.topics.get(name);
    return topic ? dataOf(topic) : [];
  });
  await publishMetrics(call, { namespace: 'AWS/SNS', service: 'sns.amazonaws.com' }, data);
}

const metricNames: [keyof Activity, string][] = [
  ['published', 'NumberOfMessagesPublished'],
  ['delivered', 'NumberOfNotificationsDelivered'],
  ['failed', 'NumberOfNotificationsFailed'],
  ['filteredOut', 'NumberOfNotificationsFilteredOut'],
  ['redriven', 'NumberOfNotificationsRedrivenToDlq'],
  ['notRedriven', 'NumberOfNotificationsFailedToRedriveToDlq'],
];

/** A metric that counted nothing in the minute is not published. */
function dataOf(topic: Topic): MetricDatum[] {
  const activity = topic.activity ?? none();
  delete topic.activity;
  const Dimensions = [{ Name: 'TopicName', Value: topic.name }];
  const counters = metricNames
    .filter(([name]) => activity[name] > 0)
    .map(([name, MetricName]) => ({
      MetricName,
      Value: activity[name],
      Unit: 'Count' as const,
      Dimensions,
    }));
  if (activity.published === 0) return counters;
  const size = activity.bytes / activity.published;
  return [...counters, { MetricName: 'PublishSize', Value: size, Unit: 'Bytes', Dimensions }];
}
