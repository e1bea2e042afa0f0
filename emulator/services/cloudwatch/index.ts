import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { defineService } from '../../service';
import { alarmDescriptions } from './alarms/describe';
import { alarmHistory } from './alarms/history';
import { alarmOperations } from './alarms/operations';
import { putMetricAlarm } from './alarms/put-metric-alarm';
import { evaluateDue } from './alarms/schedule';
import { anomalyDetectors } from './anomaly/handlers';
import { putCompositeAlarm } from './composite/put-composite-alarm';
import { endSuppression } from './composite/suppression';
import { dashboards } from './dashboards/handlers';
import { getMetricStatistics } from './metrics/get-metric-statistics';
import { listMetrics } from './metrics/list-metrics';
import { putMetricData } from './metrics/put-metric-data';
import { permissions } from './permissions';
import { getMetricData } from './queries/get-metric-data';
import { createState } from './state';
import { tagging } from './tagging';
import { view } from './view';

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
    ...anomalyDetectors,
    ...dashboards,
    ...tagging,
  },
  permissions,
  view,
  timers: { evaluation: evaluateDue, suppression: endSuppression },
});
