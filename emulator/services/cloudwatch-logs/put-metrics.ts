import type { CloudWatch, MetricDatum } from '@aws-sdk/client-cloudwatch';
import type { LogsCall } from './state';

const mostData = 1000;

interface Metrics {
  namespace: string;
  data: MetricDatum[];
  whenRefused?: () => void;
}

/** Writes metrics as the service itself, after the answer; `whenRefused` is told when CloudWatch does not take them. */
export function putMetrics({ namespace, data, whenRefused }: Metrics, call: LogsCall): void {
  const cloudwatch = () =>
    call.client<CloudWatch>('cloudwatch', call.asService('logs.amazonaws.com'));
  call.background(async () => {
    try {
      for (let start = 0; start < data.length; start += mostData)
        await cloudwatch().putMetricData({
          Namespace: namespace,
          MetricData: data.slice(start, start + mostData),
        });
    } catch (error) {
      if (!(error instanceof Error && '$fault' in error)) throw error;
      whenRefused?.();
    }
  });
}
