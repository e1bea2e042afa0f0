import type { PutScalingPolicyType, ScalingPolicy } from '@aws-sdk/client-auto-scaling';
import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { policyBy } from './execute';
import { groupBy, invalid, notEmulated } from './find';
import { pageOf } from './pages';
import type { AutoScalingCall, AutoScalingHandlers, Group, Policy } from './state';
import { checkSteps } from './step-adjustments';
import { dropAlarms, makeAlarms } from './tracking-alarms';

const policyType = 'AWS::AutoScaling::ScalingPolicy';

const types = ['SimpleScaling', 'StepScaling', 'TargetTrackingScaling'] as const;

const adjustments = ['ChangeInCapacity', 'ExactCapacity', 'PercentChangeInCapacity'] as const;

function checkedType(type = 'SimpleScaling'): Policy['type'] {
  const found = types.find((each) => each === type);
  if (!found) throw notEmulated(`Policy type ${type}`);
  return found;
}

function checkedAdjustment(policy: Policy['type'], type: string | undefined) {
  if (!type) throw invalid(`You must specify an AdjustmentType for policy type: ${policy}`);
  const found = adjustments.find((each) => each === type);
  if (!found) throw invalid(`Adjustment type ${type} is invalid.`); // text unverified
  return found;
}

/** What each type of policy needs. */
const checks: Record<Policy['type'], (input: PutScalingPolicyType) => Partial<Policy>> = {
  SimpleScaling(input) {
    const adjustmentType = checkedAdjustment('SimpleScaling', input.AdjustmentType);
    if (input.ScalingAdjustment === undefined)
      throw invalid('Scaling increment must be specified for a SimpleScaling policy');
    return {
      adjustmentType,
      adjustment: input.ScalingAdjustment,
    };
  },
  StepScaling(input) {
    const adjustmentType = checkedAdjustment('StepScaling', input.AdjustmentType);
    if (!input.StepAdjustments?.length)
      throw invalid('At least one StepAdjustment is required for policy type StepScaling'); // text unverified
    checkSteps(input.StepAdjustments);
    return {
      adjustmentType,
      steps: input.StepAdjustments,
    };
  },
  TargetTrackingScaling(input) {
    if (!input.TargetTrackingConfiguration)
      throw invalid(
        'TargetTrackingConfiguration is required for policy type TargetTrackingScaling',
      ); // text unverified
    return { target: input.TargetTrackingConfiguration };
  },
};

const given = (input: PutScalingPolicyType) =>
  Object.fromEntries(
    Object.entries({
      minMagnitude: input.MinAdjustmentMagnitude ?? input.MinAdjustmentStep,
      cooldown: input.Cooldown,
      warmup: input.EstimatedInstanceWarmup,
      aggregation: input.MetricAggregationType,
    }).filter(([, value]) => value !== undefined),
  ) as Partial<Policy>;

function policyOf(call: AutoScalingCall, group: Group, input: PutScalingPolicyType): Policy {
  const name = input.PolicyName ?? '';
  const type = checkedType(input.PolicyType);
  const before = group.policies.get(name);
  if (before && before.type !== type)
    throw invalid('The policy type of an existing policy cannot be changed.'); // text unverified
  const id = `scalingPolicy:${call.random.uuid()}:autoScalingGroupName/${group.name}:policyName/${name}`;
  return {
    name,
    arn: before?.arn ?? call.arn(id),
    type,
    isEnabled: input.Enabled ?? true,
    alarms: [],
    ...given(input),
    ...checks[type](input),
  };
}

/** Alarms that name the policy in an action, its own among them. */
async function alarmsFor(call: AutoScalingCall, policy: Policy) {
  if (policy.alarms.length > 0 || !call.offers('cloudwatch')) return policy.alarms;
  const cloudwatch = call.client<CloudWatch>(
    'cloudwatch',
    call.asService('autoscaling.amazonaws.com'),
  );
  const { MetricAlarms = [] } = await cloudwatch.describeAlarms({ ActionPrefix: policy.arn });
  return MetricAlarms.map(({ AlarmName: name = '', AlarmArn: arn = '' }) => ({ name, arn }));
}

async function describe(
  call: AutoScalingCall,
  group: Group,
  policy: Policy,
): Promise<ScalingPolicy> {
  const alarms = await alarmsFor(call, policy);
  return {
    AutoScalingGroupName: group.name,
    PolicyName: policy.name,
    PolicyARN: policy.arn,
    PolicyType: policy.type,
    AdjustmentType: policy.adjustmentType,
    MinAdjustmentMagnitude: policy.minMagnitude,
    ScalingAdjustment: policy.adjustment,
    Cooldown: policy.cooldown,
    StepAdjustments: policy.steps ?? [],
    MetricAggregationType: policy.aggregation,
    EstimatedInstanceWarmup: policy.warmup,
    Alarms: alarms.map(({ name: AlarmName, arn: AlarmARN }) => ({ AlarmName, AlarmARN })),
    TargetTrackingConfiguration: policy.target,
    Enabled: policy.isEnabled,
  };
}

export const policies = {
  async PutScalingPolicy(input, call) {
    const group = groupBy(call, input.AutoScalingGroupName);
    const before = group.policies.get(input.PolicyName ?? '');
    const policy = policyOf(call, group, input);
    if (before) await dropAlarms(call, before);
    if (policy.target) await makeAlarms(call, group, policy);
    group.policies.set(policy.name, policy);
    call.announce({ kind: before ? 'UPDATE' : 'CREATE', type: policyType, id: policy.arn });
    return {
      PolicyARN: policy.arn,
      Alarms: policy.alarms.map(({ name: AlarmName, arn: AlarmARN }) => ({ AlarmName, AlarmARN })),
    };
  },

  async DescribePolicies({ AutoScalingGroupName, PolicyNames, PolicyTypes, ...input }, call) {
    const groups = AutoScalingGroupName
      ? [groupBy(call, AutoScalingGroupName)]
      : [...call.state.groups.values()];
    const found = groups
      .flatMap((group) => [...group.policies.values()].map((policy) => ({ group, policy })))
      .filter(
        ({ policy: { name, arn } }) =>
          !PolicyNames?.length || PolicyNames.includes(name) || PolicyNames.includes(arn),
      )
      .filter(({ policy: { type } }) => !PolicyTypes?.length || PolicyTypes.includes(type));
    const { page, next } = pageOf(found, input);
    return {
      ScalingPolicies: await Promise.all(
        page.map(({ group, policy }) => describe(call, group, policy)),
      ),
      NextToken: next,
    };
  },

  async DeletePolicy(input, call) {
    const { group, policy } = policyBy(call, input);
    await dropAlarms(call, policy);
    group.policies.delete(policy.name);
    call.announce({ kind: 'DELETE', type: policyType, id: policy.arn });
  },
} satisfies AutoScalingHandlers;
