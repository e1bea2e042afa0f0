import type { StepAdjustment } from '@aws-sdk/client-auto-scaling';
import { activeMembers } from './capacity';
import type { Group, Member, Policy } from './state';

/** Where a metric stood when a policy was asked to act. */
export interface Breach {
  value: number;
  threshold: number;
}

function percentage(capacity: number, percent: number, least = 0): number {
  const exact = (capacity * percent) / 100;
  // AWS rounds towards zero beyond one, and away from it below.
  const size = Math.abs(exact) >= 1 ? Math.floor(Math.abs(exact)) : Math.ceil(Math.abs(exact));
  return Math.sign(percent) * Math.max(size, least);
}

function adjusted(policy: Policy, capacity: number, adjustment: number): number {
  if (policy.adjustmentType === 'ExactCapacity') return adjustment;
  if (policy.adjustmentType === 'ChangeInCapacity') return capacity + adjustment;
  return capacity + percentage(capacity, adjustment, policy.minMagnitude);
}

/** A step's bounds are relative to the threshold; the lower belongs to it above the threshold. */
function covers(step: StepAdjustment, distance: number): boolean {
  const low = step.MetricIntervalLowerBound ?? -Infinity;
  const high = step.MetricIntervalUpperBound ?? Infinity;
  return distance >= 0 ? distance >= low && distance < high : distance > low && distance <= high;
}

const stepFor = ({ steps = [] }: Policy, { value, threshold }: Breach) =>
  steps.find((step) => covers(step, value - threshold));

/** How many instances are in service for less than the warm-up, or not yet at all. */
function warming(group: Group, { warmup }: Policy, now: Date): number {
  const seconds = warmup ?? group.warmup ?? group.cooldown;
  const isWarm = ({ inServiceAt }: Member) =>
    inServiceAt !== undefined && now.getTime() - inServiceAt.getTime() >= seconds * 1000;
  return activeMembers(group).filter((member) => !isWarm(member)).length;
}

function tracked(group: Group, policy: Policy, { value }: Breach): number {
  const { TargetValue = 1, DisableScaleIn = false } = policy.target ?? {};
  const wanted = Math.ceil((group.desired * value) / TargetValue);
  if (wanted >= group.desired) return Math.max(wanted, group.desired + Number(value > TargetValue));
  return DisableScaleIn ? group.desired : Math.max(wanted, group.min);
}

/** What warms up counts as capacity already, so that one breach does not scale out twice. */
function afterWarmup(group: Group, wanted: (capacity: number) => number, warm: number): number {
  const capacity = wanted(group.desired - warm);
  if (warm === 0) return capacity;
  const isOut = capacity > group.desired - warm;
  return isOut ? Math.max(capacity, group.desired) : group.desired;
}

/** The capacity that a policy asks for, before the group's bounds. */
export function capacityFor(
  group: Group,
  policy: Policy,
  { breach, now }: { breach: Breach; now: Date },
): number {
  if (policy.type === 'SimpleScaling')
    return adjusted(policy, group.desired, policy.adjustment ?? 0);
  const warm = Math.min(warming(group, policy, now), group.desired);
  if (policy.type === 'TargetTrackingScaling')
    return afterWarmup(
      group,
      (capacity) => tracked({ ...group, desired: capacity }, policy, breach),
      warm,
    );
  const step = stepFor(policy, breach);
  if (!step) return group.desired;
  return afterWarmup(
    group,
    (capacity) => adjusted(policy, capacity, step.ScalingAdjustment ?? 0),
    warm,
  );
}
