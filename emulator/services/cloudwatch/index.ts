import { CloudWatch, type PutMetricDataInput } from '@aws-sdk/client-cloudwatch';
import { defineService } from '../../service';
import { alarmDescriptions } from './alarms/describe';
import { alarmHistory } from './alarms/history';
import { alarmOperations } from './alarms/operations';
import { putMetricAlarm } from './alarms/put-metric-alarm';
import { evaluateDue } from './alarms/schedule';
import { putCompositeAlarm } from './composite/put-composite-alarm';
import { endSuppression } from './composite/suppression';
import { getMetricStatistics } from './metrics/get-metric-statistics';
import { listMetrics } from './metrics/list-metrics';
import { putMetricData } from './metrics/put-metric-data';
import { getMetricData } from './queries/get-metric-data';
import { createState } from './state';

export default defineService({
  client: CloudWatch,
  createState,
  handlers: {
    ...putMetricData,
    ...listMetrics,
    ...getMetricStatistics,
    ...getMetricData,
    ...putMetricAlarm,
    ...putCompositeAlarm,
    ...alarmOperations,
    ...alarmDescriptions,
    ...alarmHistory,
  },
  timers: { evaluation: evaluateDue, suppression: endSuppression },
  permissions: {
    PutMetricData: ({ Namespace = '' }: PutMetricDataInput) => ({
      action: 'cloudwatch:PutMetricData',
      resources: ['*'],
      context: { 'cloudwatch:namespace': Namespace },
    }),
  },
});
