import { publishLater } from './metrics';
import type { Activity, Queue, SqsCall } from './state';

interface Happened {
  /** A message of that many bytes was sent. */
  sent?: number;
  received?: number;
  deleted?: number;
  emptyReceives?: number;
}

/** Counts for the queue's metrics, which are published once a minute. */
export function count(queue: Queue, happened: Happened, call: SqsCall): void {
  const activity = (queue.activity ??= none());
  activity.received += happened.received ?? 0;
  activity.deleted += happened.deleted ?? 0;
  activity.emptyReceives += happened.emptyReceives ?? 0;
  if (happened.sent !== undefined) countSize(activity, happened.sent);
  publishLater(queue, call);
}

function countSize(activity: Activity, size: number): void {
  const { sizes } = activity;
  activity.sent += 1;
  sizes.count += 1;
  sizes.sum += size;
  sizes.least = sizes.count === 1 ? size : Math.min(sizes.least, size);
  sizes.most = Math.max(sizes.most, size);
}

const none = (): Activity => ({
  sent: 0,
  received: 0,
  deleted: 0,
  emptyReceives: 0,
  sizes: { count: 0, sum: 0, least: 0, most: 0 },
});
