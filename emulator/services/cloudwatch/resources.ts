import type { ResourceProviders } from '../../cloudformation/provider';
import { alarm } from './cloudformation/alarm';
import { anomalyDetector } from './cloudformation/anomaly-detector';
import { compositeAlarm } from './cloudformation/composite-alarm';
import { dashboard } from './cloudformation/dashboard';

export default {
  'AWS::CloudWatch::Alarm': alarm,
  'AWS::CloudWatch::AnomalyDetector': anomalyDetector,
  'AWS::CloudWatch::CompositeAlarm': compositeAlarm,
  'AWS::CloudWatch::Dashboard': dashboard,
} satisfies ResourceProviders;
