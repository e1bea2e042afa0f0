import type { Activity as Described } from '@aws-sdk/client-auto-scaling';
import { groupBy } from './find';
import { pageOf } from './pages';
import type { Activity, AutoScalingCall, AutoScalingHandlers, Group, Member } from './state';

/** How many activities a group keeps: AWS keeps six weeks. */
const kept = 500;

/** `2026-01-01T00:00:00Z` */
export const second = (date: Date): string => date.toISOString().replace(/\.\d+Z$/, 'Z');

/** An activity as answers show it. */
export const describeActivity = (group: Group, activity: Activity): Described => ({
  ActivityId: activity.id,
  AutoScalingGroupName: group.name,
  AutoScalingGroupARN: group.arn,
  Description: activity.description,
  Cause: activity.cause,
  StartTime: activity.startedAt,
  EndTime: activity.endedAt,
  StatusCode: activity.status,
  StatusMessage: activity.message,
  Progress: activity.endedAt ? 100 : 50,
  Details: JSON.stringify(activity.details),
});

interface Begun {
  description: string;
  cause: string;
  place: Pick<Member, 'zone' | 'subnetId'>;
}

/** Opens an activity of a group. */
export function begin(call: AutoScalingCall, group: Group, begun: Begun): Activity {
  const { subnetId, zone } = begun.place;
  const activity: Activity = {
    id: call.random.uuid(),
    description: begun.description,
    cause: begun.cause,
    startedAt: call.now(),
    status: 'InProgress',
    details: {
      ...(subnetId ? { 'Subnet ID': subnetId } : {}),
      'Availability Zone': zone,
    },
  };
  group.activities.unshift(activity);
  group.activities.splice(kept);
  return activity;
}

/** The activity that a member is the subject of. */
export const activityOf = (group: Group, { activityId }: Member): Activity | undefined =>
  group.activities.find(({ id }) => id === activityId);

/** Ends an activity that is still open. */
export function end(
  call: AutoScalingCall,
  activity: Activity | undefined,
  { status, message }: Pick<Activity, 'status' | 'message'>,
): void {
  if (!activity || activity.endedAt) return;
  activity.status = status;
  activity.endedAt = call.now();
  if (message !== undefined) activity.message = message;
}

export const activities = {
  DescribeScalingActivities({ AutoScalingGroupName, ActivityIds, ...input }, call) {
    const groups = AutoScalingGroupName
      ? [groupBy(call, AutoScalingGroupName)]
      : [...call.state.groups.values()];
    const found = groups
      .flatMap((group) => group.activities.map((each) => describeActivity(group, each)))
      .filter(({ ActivityId = '' }) => !ActivityIds?.length || ActivityIds.includes(ActivityId));
    const { page, next } = pageOf(found, input, { usual: 100, most: 100 });
    return { Activities: page, NextToken: next };
  },
} satisfies AutoScalingHandlers;
