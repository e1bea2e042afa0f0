import type { MetricDatum } from '@aws-sdk/client-cloudwatch';
import { endOfMinute, publishMetrics } from '../../service-metrics';
import { placeOf } from './place';
import type { Activity, Message, Queue, SqsCall } from './state';
import { countsAt } from './waiting-line';

/**
 * Has the queue's metrics published at the end of this minute, so that they count for it and
 * sending a message costs no call of another service.
 */
export function publishLater(queue: Queue, call: SqsCall): void {
  if (!call.offers('cloudwatch')) return;
  const { state, timers, now } = placeOf(queue, call);
  const active = (state.active ??= new Set());
  if (active.size === 0)
    timers.set({ id: 'publish', name: 'publish', at: endOfMinute(now().getTime()) });
  active.add(queue.name);
}

/** Publishes what happened in the queues of this account and Region. */
export async function publish(call: SqsCall): Promise<void> {
  const names = [...(call.state.active ?? [])];
  delete call.state.active;
  const data = names.flatMap((name) => {
    const queue = call.state.queues.get(name);
    return queue ? dataOf(queue, call) : [];
  });
  await publishMetrics(call, { namespace: 'AWS/SQS', service: 'sqs.amazonaws.com' }, data);
}

function dataOf(queue: Queue, call: SqsCall): MetricDatum[] {
  const { activity } = queue;
  const levels = changedLevels(queue, call.now().getTime());
  delete queue.activity;
  return [...(activity ? countersOf(activity) : []), ...levels].map((datum) => ({
    ...datum,
    Dimensions: [{ Name: 'QueueName', Value: queue.name }],
  }));
}

const counter = (MetricName: string, Value: number): MetricDatum => ({
  MetricName,
  Value,
  Unit: 'Count',
});

function countersOf({ sizes, ...activity }: Activity): MetricDatum[] {
  const { count, sum, least, most } = sizes;
  const values = { SampleCount: count, Sum: sum, Minimum: least, Maximum: most };
  return [
    counter('NumberOfMessagesSent', activity.sent),
    counter('NumberOfMessagesReceived', activity.received),
    counter('NumberOfMessagesDeleted', activity.deleted),
    counter('NumberOfEmptyReceives', activity.emptyReceives),
    ...(count > 0
      ? [{ MetricName: 'SentMessageSize', StatisticValues: values, Unit: 'Bytes' as const }]
      : []),
  ];
}

const ageMetric = 'ApproximateAgeOfOldestMessage';

/**
 * Levels hold until another value is published, so that only changes are. An age grows by itself
 * from what was published, and is told each time, as it may be another message's.
 */
function changedLevels(queue: Queue, now: number): MetricDatum[] {
  const counts = countsAt(queue, now);
  const levels: Record<string, number> = {
    ApproximateNumberOfMessagesVisible: counts.visible,
    ApproximateNumberOfMessagesNotVisible: counts.inFlight,
    ApproximateNumberOfMessagesDelayed: counts.delayed,
    [ageMetric]: ageOfOldest(queue, now),
  };
  const changed = Object.entries(levels).filter(
    ([name, value]) => queue.levels?.[name] !== value || (name === ageMetric && value > 0),
  );
  queue.levels = levels;
  return changed.map(([name, value]) => ({
    ...counter(name, value),
    Unit: name === ageMetric ? 'Seconds' : 'Count',
  }));
}

function ageOfOldest(queue: Queue, now: number): number {
  let oldest: Message | undefined;
  for (const message of queue.messages.values()) {
    if (message.sentAt < (oldest?.sentAt ?? Infinity)) oldest = message;
    if (!queue.isMixed) break;
  }
  return oldest ? Math.max(1, Math.floor((now - oldest.sentAt) / 1000)) : 0;
}
