import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import type { Call } from './call';

/** One value of a metric at this moment. */
export interface Measurement {
  name: string;
  value?: number;
  /** None by default. */
  unit?: 'Count' | 'Milliseconds';
  dimensions?: Record<string, string>;
}

interface Publisher {
  /** `AWS/Events` */
  namespace: string;
  /** Service principal, `events.amazonaws.com`. */
  service: string;
}

/** Hands a service's own metrics to CloudWatch, once the call has been answered. */
export function publishMetrics(
  { namespace, service }: Publisher,
  measurements: readonly Measurement[],
  call: Pick<Call, 'offers' | 'client' | 'asService' | 'background' | 'now'>,
): void {
  if (measurements.length === 0 || !call.offers('cloudwatch')) return;
  const Timestamp = call.now();
  const MetricData = measurements.map(({ name, value = 1, unit = 'Count', dimensions = {} }) => ({
    MetricName: name,
    Value: value,
    Unit: unit,
    Timestamp,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
  }));
  call.background(async () => {
    await call
      .client<CloudWatch>('cloudwatch', call.asService(service))
      .putMetricData({ Namespace: namespace, MetricData });
  });
}
