import type { Resource } from '../../changes/resource';
import { type Alarm, areActionsEnabled, typeOf } from './alarms/alarm';
import type { Detector } from './anomaly/detector';
import { type Dashboard, dashboardsOf } from './dashboards/dashboard';
import type { CloudWatchCall } from './state';

export const view = (call: CloudWatchCall): Resource[] => [
  ...[...call.state.alarms.values()].map(alarmView),
  ...[...dashboardsOf(call).values()].map(dashboardView),
  ...[...call.state.detectors.values()].map((detector) => detectorView(detector, call)),
];

const alarmView = (alarm: Alarm): Resource => ({
  arn: alarm.arn,
  type: typeOf(alarm),
  id: alarm.name,
  name: alarm.name,
  tags: alarm.tags,
  configuration: { ...alarm.settings, ActionsEnabled: areActionsEnabled(alarm) },
});

const dashboardView = ({ arn, name, body, tags }: Dashboard): Resource => ({
  arn,
  type: 'AWS::CloudWatch::Dashboard',
  id: name,
  name,
  tags,
  configuration: { DashboardName: name, DashboardBody: body },
});

function detectorView(detector: Detector, call: CloudWatchCall): Resource {
  const { id, watches, configuration, periodicSpikes } = detector;
  const single = 'queries' in watches ? undefined : watches;
  const ofMetric = single && {
    Namespace: single.namespace,
    MetricName: single.name,
    Dimensions: single.dimensions,
    Stat: single.stat,
  };
  return {
    arn: call.arn(`anomaly-detector:${id}`),
    type: 'AWS::CloudWatch::AnomalyDetector',
    id,
    tags: {},
    configuration: {
      Id: id,
      ...(ofMetric
        ? { ...ofMetric, SingleMetricAnomalyDetector: ofMetric }
        : 'queries' in watches
          ? { MetricMathAnomalyDetector: { MetricDataQueries: watches.queries } }
          : {}),
      ...(configuration.ExcludedTimeRanges
        ? {
            Configuration: {
              ExcludedTimeRanges: configuration.ExcludedTimeRanges.map(
                ({ StartTime, EndTime }) => ({
                  StartTime: StartTime?.toISOString().slice(0, 19),
                  EndTime: EndTime?.toISOString().slice(0, 19),
                }),
              ),
            },
          }
        : {}),
      ...(periodicSpikes === undefined
        ? {}
        : { MetricCharacteristics: { PeriodicSpikes: periodicSpikes } }),
    },
  };
}
