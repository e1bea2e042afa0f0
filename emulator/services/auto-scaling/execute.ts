import {
  type ExecutePolicyType,
  ScalingActivityInProgressFault,
} from '@aws-sdk/client-auto-scaling';
import type { CloudWatch, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { parseObject } from '../../json';
import { refuse } from '../../refuse';
import { type Breach, capacityFor } from './adjustment';
import { isCooling, runs, want } from './capacity';
import { groupBy, invalid } from './find';
import type { AutoScalingCall, AutoScalingHandlers, Group, Policy } from './state';

/** How long an alarm that stays in its state waits before it asks again. */
const again = 60_000;

interface Target {
  group: Group;
  policy: Policy;
}

/** The policy of that ARN, or of that name in a group. */
export function policyBy(
  call: AutoScalingCall,
  {
    PolicyName: name = '',
    AutoScalingGroupName,
  }: { PolicyName?: string | undefined; AutoScalingGroupName?: string | undefined },
): Target {
  const groups = AutoScalingGroupName
    ? [groupBy(call, AutoScalingGroupName)]
    : [...call.state.groups.values()];
  for (const group of groups)
    for (const policy of group.policies.values())
      if (policy.arn === name || (AutoScalingGroupName && policy.name === name))
        return { group, policy };
  throw invalid(`No scaling policy found with name ${name}`); // text unverified
}

interface Asked {
  breach: Breach;
  honorsCooldown: boolean;
  /** `a monitor alarm errors in state ALARM triggered policy out` */
  why: string;
}

const within = ({ min, max }: Group, capacity: number) => Math.min(Math.max(capacity, min), max);

/** Does what a policy says; false while the cooldown of a simple policy forbids it. */
function act(call: AutoScalingCall, { group, policy }: Target, asked: Asked): boolean {
  if (!policy.isEnabled) return true;
  const now = call.now();
  const isSimple = policy.type === 'SimpleScaling';
  if (isSimple && asked.honorsCooldown && isCooling(group, now)) return false;
  const desired = within(group, capacityFor(group, policy, { breach: asked.breach, now }));
  if (desired === group.desired) return true;
  want(call, group, { desired, why: asked.why });
  const seconds = policy.cooldown ?? group.cooldown;
  group.coolUntil = new Date(now.getTime() + seconds * 1000);
  return true;
}

async function alarmOf(call: AutoScalingCall, arn: string): Promise<MetricAlarm | undefined> {
  const cloudwatch = call.client<CloudWatch>(
    'cloudwatch',
    call.asService('autoscaling.amazonaws.com'),
  );
  const AlarmNames = [arn.split(':alarm:')[1] ?? ''];
  const { MetricAlarms = [] } = await cloudwatch.describeAlarms({ AlarmNames });
  return MetricAlarms[0];
}

/** The newest value that the alarm judged; its threshold where it tells none. */
function breachOf({ StateReasonData = '', Threshold = 0 }: MetricAlarm): Breach {
  const { recentDatapoints, threshold = Threshold } = parseObject(StateReasonData) ?? {};
  const values = Array.isArray(recentDatapoints) ? (recentDatapoints as unknown[]) : [];
  const value = Number(values.findLast((each) => each !== null) ?? threshold);
  return { value, threshold: Number(threshold) };
}

interface Watch {
  policy: string;
  alarm: string;
}

const actionsNow = ({
  StateValue,
  AlarmActions,
  OKActions,
  InsufficientDataActions,
}: MetricAlarm) =>
  (StateValue === 'ALARM'
    ? AlarmActions
    : StateValue === 'OK'
      ? OKActions
      : InsufficientDataActions) ?? [];

/** Whether asking again could change anything before the group itself changes. */
function canMove({ group, policy }: Target, breach: Breach, now: Date): boolean {
  const probe = { ...group, min: -Infinity, max: Infinity };
  const wanted = capacityFor(probe, policy, { breach, now });
  return wanted > group.desired ? group.desired < group.max : group.desired > group.min;
}

/**
 * An alarm that stays in its state asks again each minute, as on AWS. It stops where the group has
 * come to its bound, where AWS would ask for ever; the alarm's next change starts it again.
 */
async function actForAlarm(call: AutoScalingCall, target: Target, arn: string): Promise<void> {
  const { group, policy } = target;
  const alarm = await alarmOf(call, arn);
  if (!alarm?.ActionsEnabled || !actionsNow(alarm).includes(policy.arn)) return;
  const breach = breachOf(alarm);
  const why = `a monitor alarm ${alarm.AlarmName} in state ${alarm.StateValue} triggered policy ${policy.name}`;
  if (runs(group, 'AlarmNotification')) act(call, target, { breach, honorsCooldown: true, why });
  if (!canMove(target, breach, call.now())) return;
  const payload: Watch = { policy: policy.arn, alarm: arn };
  call.timers.set({
    name: 'alarmAgain',
    id: `alarm/${policy.arn}/${arn}`,
    at: new Date(call.now().getTime() + again),
    payload,
  });
}

/** What is due when an alarm has stayed in its state for another minute. */
export async function alarmAgain({ policy: arn, alarm }: Watch, call: AutoScalingCall) {
  for (const group of call.state.groups.values())
    for (const policy of group.policies.values())
      if (policy.arn === arn) await actForAlarm(call, { group, policy }, alarm);
}

const isAlarm = (arn: string | undefined): arn is string => arn?.includes(':alarm:') ?? false;

/** What a caller says of the metric: step policies need it, and target tracking has its own. */
function givenBreach(policy: Policy, input: ExecutePolicyType): Breach {
  const { MetricValue: value, BreachThreshold: threshold } = input;
  if (policy.type === 'TargetTrackingScaling')
    throw invalid('ExecutePolicy is not supported for target tracking policies.'); // text unverified
  if (value !== undefined && threshold !== undefined) return { value, threshold };
  if (policy.type === 'SimpleScaling') return { value: 0, threshold: 0 };
  throw invalid(
    'For StepScaling policies, you must specify the BreachThreshold and MetricValue parameters.', // text unverified
  );
}

export const execution = {
  async ExecutePolicy(input, call) {
    const target = policyBy(call, input);
    if (call.principal.type === 'service' && isAlarm(call.sourceArn))
      return actForAlarm(call, target, call.sourceArn);
    const isDone = act(call, target, {
      breach: givenBreach(target.policy, input),
      honorsCooldown: input.HonorCooldown ?? false,
      why: `a user request executed policy ${target.policy.name}`,
    });
    if (isDone) return;
    throw refuse(
      ScalingActivityInProgressFault,
      `Scaling activity ${target.group.activities[0]?.id} is in progress and blocks this action`,
    );
  },
} satisfies AutoScalingHandlers;
