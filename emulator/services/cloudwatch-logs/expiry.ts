import type { Group, LogsCall } from './state';

const day = 86_400_000;

/** Events before this time have expired; longer retention does not bring them back. */
export function cutoffOf(group: Group, { now }: Pick<LogsCall, 'now'>): number {
  if (group.retentionInDays === undefined) return group.expiredBefore;
  return Math.max(group.expiredBefore, now().getTime() - group.retentionInDays * day);
}
