import { required } from '../../../cloudformation/properties';
import { alarmProvider } from './alarm-provider';
import { numbered, texted } from './members';

/** AWS::CloudWatch::CompositeAlarm */
export const compositeAlarm = alarmProvider({
  properties: [
    'ActionsSuppressor',
    'ActionsSuppressorExtensionPeriod',
    'ActionsSuppressorWaitPeriod',
    'AlarmRule',
  ],
  put: (cloudwatch, common, properties) =>
    cloudwatch.putCompositeAlarm({
      ...common,
      AlarmRule: required(properties, 'AlarmRule').trim(),
      ...texted(properties, 'ActionsSuppressor'),
      ...numbered(properties, 'ActionsSuppressorWaitPeriod', 'ActionsSuppressorExtensionPeriod'),
    }),
});
