import type {
  CustomizedMetricSpecification,
  TargetTrackingConfiguration,
} from '@aws-sdk/client-auto-scaling';
import type { CloudWatch, PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch';
import { invalid, notEmulated } from './find';
import type { AutoScalingCall, Group, Policy } from './state';
import { table } from '../../table';

const predefined: Record<string, { Namespace: string; MetricName: string }> = table({
  ASGAverageCPUUtilization: { Namespace: 'AWS/EC2', MetricName: 'CPUUtilization' },
  ASGAverageNetworkIn: { Namespace: 'AWS/EC2', MetricName: 'NetworkIn' },
  ASGAverageNetworkOut: { Namespace: 'AWS/EC2', MetricName: 'NetworkOut' },
});

type Metric = Pick<
  PutMetricAlarmCommandInput,
  'Namespace' | 'MetricName' | 'Dimensions' | 'Statistic' | 'Unit' | 'Period'
>;

function ownMetric(own: CustomizedMetricSpecification): Metric {
  if (own.Metrics) throw notEmulated('Metric math of target tracking');
  const { Namespace, MetricName, Dimensions, Statistic, Unit, Period = 60 } = own;
  return { Namespace, MetricName, Dimensions, Statistic, Unit, Period } as Metric;
}

function metricOf(group: Group, target: TargetTrackingConfiguration): Metric {
  const { PredefinedMetricSpecification: known, CustomizedMetricSpecification: own } = target;
  if (own) return ownMetric(own);
  if (!known) throw invalid('TargetTrackingConfiguration requires a metric specification'); // text unverified
  const named = predefined[known.PredefinedMetricType ?? ''];
  if (!named) throw notEmulated(`Target tracking by ${known.PredefinedMetricType}`);
  const Dimensions = [{ Name: 'AutoScalingGroupName', Value: group.name }];
  return { ...named, Dimensions, Statistic: 'Average', Period: 60 };
}

/** The share of the target below which instances are taken away. */
const lowShare = 0.9;

const cloudwatchOf = (call: AutoScalingCall) =>
  call.client<CloudWatch>('cloudwatch', call.asService('autoscaling.amazonaws.com'));

/** Makes the two alarms that target tracking steers by, named as AWS names them. */
export async function makeAlarms(call: AutoScalingCall, group: Group, policy: Policy) {
  const { TargetValue = 0, DisableScaleIn } = policy.target ?? {};
  const metric = metricOf(group, policy.target ?? { TargetValue });
  const common = {
    ...metric,
    AlarmDescription: `DO NOT EDIT OR DELETE. For TargetTrackingScaling policy ${policy.arn}.`,
    AlarmActions: [policy.arn],
  };
  const nameOf = (end: string) => `TargetTracking-${group.name}-Alarm${end}-${call.random.uuid()}`;
  const high: PutMetricAlarmCommandInput = {
    ...common,
    AlarmName: nameOf('High'),
    ComparisonOperator: 'GreaterThanThreshold',
    EvaluationPeriods: 3,
    Threshold: TargetValue,
  };
  const low: PutMetricAlarmCommandInput = {
    ...common,
    AlarmName: nameOf('Low'),
    ComparisonOperator: 'LessThanThreshold',
    EvaluationPeriods: 15,
    Threshold: TargetValue * lowShare,
  };
  for (const alarm of DisableScaleIn ? [high] : [high, low]) {
    await cloudwatchOf(call).putMetricAlarm(alarm);
    const name = alarm.AlarmName ?? '';
    const arn = `arn:aws:cloudwatch:${call.region}:${call.accountId}:alarm:${name}`;
    policy.alarms.push({ name, arn });
  }
}

/** Deletes the alarms that a policy made for itself. */
export async function dropAlarms(call: AutoScalingCall, policy: Policy): Promise<void> {
  if (policy.alarms.length === 0) return;
  await cloudwatchOf(call).deleteAlarms({ AlarmNames: policy.alarms.map(({ name }) => name) });
  policy.alarms = [];
}
