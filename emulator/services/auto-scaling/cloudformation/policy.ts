import type {
  AutoScaling,
  StepAdjustment,
  TargetTrackingConfiguration,
} from '@aws-sdk/client-auto-scaling';
import {
  boolean,
  ignoring,
  number,
  object,
  objects,
  required,
  text,
} from '../../../cloudformation/properties';
import type {
  Properties,
  ProviderContext,
  ResourceProvider,
} from '../../../cloudformation/provider';

const stepsOf = (properties: Properties): StepAdjustment[] =>
  objects(properties, 'StepAdjustments').map((step) => ({
    MetricIntervalLowerBound: number(step, 'MetricIntervalLowerBound'),
    MetricIntervalUpperBound: number(step, 'MetricIntervalUpperBound'),
    ScalingAdjustment: number(step, 'ScalingAdjustment'),
  }));

/** Members with the same names as in the API, numbers and switches as such. */
function trackingOf(properties: Properties): TargetTrackingConfiguration | undefined {
  const given = object(properties, 'TargetTrackingConfiguration');
  if (!given) return undefined;
  const { PredefinedMetricSpecification, CustomizedMetricSpecification } = given;
  const metric = { PredefinedMetricSpecification, CustomizedMetricSpecification };
  return {
    ...(metric as Partial<TargetTrackingConfiguration>),
    TargetValue: number(given, 'TargetValue'),
    DisableScaleIn: boolean(given, 'DisableScaleIn'),
  };
}

async function put(name: string, properties: Properties, context: ProviderContext) {
  const { PolicyARN = '' } = await context.client<AutoScaling>('auto-scaling').putScalingPolicy({
    AutoScalingGroupName: required(properties, 'AutoScalingGroupName'),
    PolicyName: name,
    PolicyType: text(properties, 'PolicyType'),
    AdjustmentType: text(properties, 'AdjustmentType'),
    Cooldown: number(properties, 'Cooldown'),
    EstimatedInstanceWarmup: number(properties, 'EstimatedInstanceWarmup'),
    MetricAggregationType: text(properties, 'MetricAggregationType'),
    MinAdjustmentMagnitude: number(properties, 'MinAdjustmentMagnitude'),
    ScalingAdjustment: number(properties, 'ScalingAdjustment'),
    StepAdjustments: stepsOf(properties),
    TargetTrackingConfiguration: trackingOf(properties),
  });
  return { physicalId: PolicyARN, attributes: { Arn: PolicyARN, PolicyName: name } };
}

const nameIn = (arn: string) => arn.split(':policyName/')[1] ?? arn;

/** AWS::AutoScaling::ScalingPolicy; a policy of another type is another policy. */
export const policy: ResourceProvider = {
  properties: [
    'AdjustmentType',
    'AutoScalingGroupName',
    'Cooldown',
    'EstimatedInstanceWarmup',
    'MetricAggregationType',
    'MinAdjustmentMagnitude',
    'PolicyType',
    'ScalingAdjustment',
    'StepAdjustments',
    'TargetTrackingConfiguration',
  ],
  create: (properties, context) => put(context.physicalName(255), properties, context),
  update: (arn, { properties }, context) => put(nameIn(arn), properties, context),
  delete: (PolicyName, _properties, context) =>
    ignoring(
      ['ValidationError'],
      context.client<AutoScaling>('auto-scaling').deletePolicy({ PolicyName }),
    ),
};
