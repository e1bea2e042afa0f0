import { publishMetrics } from '../../../service-metrics';
import type { LambdaCall } from '../state';
import type { Mapping } from './mapping';

/** Publishes what became of messages, for mappings that are to count it (MetricsConfig). */
export function countEvents(
  { id, countsEvents }: Mapping,
  counts: Record<string, number>,
  call: LambdaCall,
): void {
  if (!countsEvents) return;
  const Dimensions = [{ Name: 'EventSourceMappingUUID', Value: id }];
  const data = Object.entries(counts).map(([MetricName, Value]) => ({
    MetricName,
    Value,
    Unit: 'Count' as const,
    Dimensions,
  }));
  call.background(() =>
    publishMetrics(call, { namespace: 'AWS/Lambda', service: 'lambda.amazonaws.com' }, data),
  );
}
