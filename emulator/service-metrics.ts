import type { CloudWatch, MetricDatum } from '@aws-sdk/client-cloudwatch';
import type { Call } from './call';

const minute = 60_000;
/** What PutMetricData takes at once. */
const mostData = 1000;

/** A millisecond before the minute ends (the next one's when that is over): data then counts for it. */
export const endOfMinute = (time: number): Date =>
  new Date(Math.ceil((time + 2) / minute) * minute - 1);

/** Publishes metrics that a service has of itself, such as `AWS/SQS` of `sqs.amazonaws.com`. */
export async function publishMetrics(
  call: Call<unknown>,
  { namespace, service }: { namespace: string; service: string },
  data: MetricDatum[],
): Promise<void> {
  const cloudwatch = call.client<CloudWatch>('cloudwatch', call.asService(service));
  const Timestamp = call.now();
  for (let start = 0; start < data.length; start += mostData)
    await cloudwatch.putMetricData({
      Namespace: namespace,
      MetricData: data.slice(start, start + mostData).map((datum) => ({ ...datum, Timestamp })),
    });
}
