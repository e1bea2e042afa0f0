import type {
  CloudWatch,
  DeleteAlarmsInput,
  DescribeAlarmHistoryInput,
  PutMetricDataInput,
  TagResourceInput,
} from '@aws-sdk/client-cloudwatch';
import type { Permission, Requirements } from '../../service';
import { dashboardArn } from './dashboards/dashboard';
import type { CloudWatchCall, CloudWatchState } from './state';

type Named = { AlarmName?: string | undefined };

const onAlarms =
  (action: string) =>
  ({ AlarmNames = [] }: Partial<DeleteAlarmsInput>, { arn }: CloudWatchCall): Permission => ({
    action: `cloudwatch:${action}`,
    resources: AlarmNames.map((name) => arn(`alarm:${name}`)),
  });

const onAlarm =
  (action: string) =>
  ({ AlarmName = '' }: Named, { arn }: CloudWatchCall): Permission => ({
    action: `cloudwatch:${action}`,
    resources: [arn(`alarm:${AlarmName}`)],
  });

/** On the alarms that are named, or on all there are. */
const onSomeAlarms =
  (action: string) =>
  (input: { AlarmNames?: string[] | undefined } & Named, { arn }: CloudWatchCall): Permission => {
    const names = input.AlarmNames ?? (input.AlarmName === undefined ? ['*'] : [input.AlarmName]);
    return {
      action: `cloudwatch:${action}`,
      resources: names.map((name) => arn(`alarm:${name}`)),
    };
  };

const onDashboard =
  (action: string) =>
  (
    { DashboardName = '' }: { DashboardName?: string | undefined },
    call: CloudWatchCall,
  ): Permission => ({
    action: `cloudwatch:${action}`,
    resources: [dashboardArn(DashboardName, call)],
  });

const onResource =
  (action: string) =>
  ({ ResourceARN = '' }: Pick<TagResourceInput, 'ResourceARN'>): Permission => ({
    action: `cloudwatch:${action}`,
    resources: [ResourceARN],
  });

/** Metrics themselves are no resources in IAM: their operations stand for `*`. */
export const permissions: Requirements<CloudWatch, CloudWatchState> = {
  DeleteAlarms: onAlarms('DeleteAlarms'),
  DeleteDashboards: ({ DashboardNames = [] }, call) => ({
    action: 'cloudwatch:DeleteDashboards',
    resources: DashboardNames.map((name) => dashboardArn(name, call)),
  }),
  DescribeAlarmHistory: (input: DescribeAlarmHistoryInput, call) =>
    onSomeAlarms('DescribeAlarmHistory')(input, call),
  DescribeAlarms: onSomeAlarms('DescribeAlarms'),
  DisableAlarmActions: onAlarms('DisableAlarmActions'),
  EnableAlarmActions: onAlarms('EnableAlarmActions'),
  GetDashboard: onDashboard('GetDashboard'),
  ListTagsForResource: onResource('ListTagsForResource'),
  PutCompositeAlarm: onAlarm('PutCompositeAlarm'),
  PutDashboard: onDashboard('PutDashboard'),
  PutMetricAlarm: onAlarm('PutMetricAlarm'),
  PutMetricData: ({ Namespace = '' }: PutMetricDataInput) => ({
    action: 'cloudwatch:PutMetricData',
    resources: ['*'],
    context: { 'cloudwatch:namespace': Namespace },
  }),
  SetAlarmState: onAlarm('SetAlarmState'),
  TagResource: onResource('TagResource'),
  UntagResource: onResource('UntagResource'),
};
