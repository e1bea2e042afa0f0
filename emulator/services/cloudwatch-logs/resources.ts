import type { ResourceProviders } from '../../cloudformation/provider';
import { destination } from './cloudformation/destination';
import { logGroup } from './cloudformation/log-group';
import { logStream } from './cloudformation/log-stream';
import { metricFilter } from './cloudformation/metric-filter';
import { queryDefinition } from './cloudformation/query-definition';
import { resourcePolicy } from './cloudformation/resource-policy';
import { subscriptionFilter } from './cloudformation/subscription-filter';

export default {
  'AWS::Logs::Destination': destination,
  'AWS::Logs::LogGroup': logGroup,
  'AWS::Logs::LogStream': logStream,
  'AWS::Logs::MetricFilter': metricFilter,
  'AWS::Logs::QueryDefinition': queryDefinition,
  'AWS::Logs::ResourcePolicy': resourcePolicy,
  'AWS::Logs::SubscriptionFilter': subscriptionFilter,
} satisfies ResourceProviders;
