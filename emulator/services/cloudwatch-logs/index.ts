import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { defineService } from '../../service';
import { destinations } from './destinations';
import { filterLogEvents } from './filter-log-events';
import { groups } from './groups';
import { ingestion } from './ingestion';
import { endMinute } from './metric-emission';
import { metricFilters } from './metric-filters';
import { permissions } from './permissions';
import { finishQuery, queries } from './queries';
import { queryDefinitions } from './query-definitions';
import { reading } from './reading';
import { policyByArn, resourcePolicies } from './resource-policies';
import { retention } from './retention';
import { createState } from './state';
import { streams } from './streams';
import { subscriptionFilters } from './subscription-filters';
import { tagging } from './tagging';
import { view } from './view';

export default defineService({
  client: CloudWatchLogs,
  createState,
  handlers: {
    ...groups,
    ...retention,
    ...streams,
    ...ingestion,
    ...reading,
    ...filterLogEvents,
    ...metricFilters,
    ...subscriptionFilters,
    ...destinations,
    ...resourcePolicies,
    ...queries,
    ...queryDefinitions,
    ...tagging,
  },
  permissions,
  resourcePolicy: policyByArn,
  timers: { metricFilterMinute: endMinute, finishQuery },
  view,
});
