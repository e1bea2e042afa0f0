import { changeable, existing } from './find';
import type { CloudTrailHandlers, Delivery } from './state';

const type = 'AWS::CloudTrail::Trail';

export const logging = {
  StartLogging({ Name }, call) {
    const trail = changeable(Name, call);
    if (trail.isLogging) return;
    trail.isLogging = true;
    trail.startedAt = call.now();
    call.announce({ kind: 'UPDATE', type, id: trail.name });
  },

  StopLogging({ Name }, call) {
    const trail = changeable(Name, call);
    if (!trail.isLogging) return;
    trail.isLogging = false;
    trail.stoppedAt = call.now();
    call.announce({ kind: 'UPDATE', type, id: trail.name });
  },

  GetTrailStatus({ Name }, call) {
    const { isLogging, startedAt, stoppedAt, toBucket, toLogs } = existing(Name, call);
    const text = (at: Date | undefined) => at?.toISOString().replace(/\.\d+Z$/, 'Z') ?? '';
    return {
      IsLogging: isLogging,
      ...dated('LatestDeliveryTime', 'LatestDeliveryError', toBucket),
      ...dated('LatestCloudWatchLogsDeliveryTime', 'LatestCloudWatchLogsDeliveryError', toLogs),
      ...(startedAt ? { StartLoggingTime: startedAt } : {}),
      ...(stoppedAt ? { StopLoggingTime: stoppedAt } : {}),
      LatestDeliveryAttemptTime: text(toBucket.attemptedAt),
      LatestDeliveryAttemptSucceeded: text(toBucket.succeededAt),
      LatestNotificationAttemptTime: '',
      LatestNotificationAttemptSucceeded: '',
      TimeLoggingStarted: text(startedAt),
      TimeLoggingStopped: text(stoppedAt),
    };
  },
} satisfies CloudTrailHandlers;

const dated = (time: string, error: string, delivery: Delivery) => ({
  ...(delivery.succeededAt ? { [time]: delivery.succeededAt } : {}),
  ...(delivery.error === undefined ? {} : { [error]: delivery.error }),
});
