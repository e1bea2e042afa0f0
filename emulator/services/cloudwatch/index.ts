import { CloudWatch, type PutMetricDataInput } from '@aws-sdk/client-cloudwatch';
import { defineService } from '../../service';
import { getMetricStatistics } from './metrics/get-metric-statistics';
import { listMetrics } from './metrics/list-metrics';
import { putMetricData } from './metrics/put-metric-data';
import { getMetricData } from './queries/get-metric-data';
import { createState } from './state';

export default defineService({
  client: CloudWatch,
  createState,
  handlers: { ...putMetricData, ...listMetrics, ...getMetricStatistics, ...getMetricData },
  permissions: {
    PutMetricData: ({ Namespace = '' }: PutMetricDataInput) => ({
      action: 'cloudwatch:PutMetricData',
      resources: ['*'],
      context: { 'cloudwatch:namespace': Namespace },
    }),
  },
});
