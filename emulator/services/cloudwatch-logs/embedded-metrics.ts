import type { MetricDatum } from '@aws-sdk/client-cloudwatch';
import { parseObject } from '../../json';
import { EmbeddedMetricError, metricsIn } from './embedded-format';
import { putMetrics } from './put-metrics';
import type { Group, LogEvent, LogsCall } from './state';

/** Lambda's text format puts time, request id and level before what console.log writes. */
const lambdaPrefix = /^\S+\t\S+\t[A-Z]+\t(?=\{)/;

/**
 * Makes metrics of the events that are documents in the embedded metric format. Whoever wrote them
 * is not told of mistakes: they count as AWS/Logs metrics of the group.
 */
export function emitEmbedded(group: Group, events: readonly LogEvent[], call: LogsCall): void {
  if (group.class !== 'STANDARD') return;
  const { found, wrong } = readAll(events);
  for (const [name, count] of Object.entries(wrong))
    if (count > 0) tell(name, count, { group, call });
  for (const [namespace, data] of found)
    putMetrics(
      { namespace, data, whenRefused: () => tell('EMFValidationErrors', 1, { group, call }) },
      call,
    );
}

function readAll(events: readonly LogEvent[]) {
  const found = new Map<string, MetricDatum[]>();
  const wrong = { EMFParsingErrors: 0, EMFValidationErrors: 0 };
  for (const { message } of events) {
    if (!message.includes('"_aws"')) continue;
    const document = parseObject(message.replace(lambdaPrefix, ''));
    if (document) wrong.EMFValidationErrors += collect(document, found);
    else if (message.includes('"CloudWatchMetrics"')) wrong.EMFParsingErrors += 1;
  }
  return { found, wrong };
}

/** Adds the metrics of one document; answers how many mistakes it holds. */
function collect(document: Record<string, unknown>, found: Map<string, MetricDatum[]>): number {
  if (typeof document['_aws'] !== 'object') return 0;
  try {
    for (const { namespace, data } of metricsIn(document))
      found.set(namespace, [...(found.get(namespace) ?? []), ...data]);
    return 0;
  } catch (error) {
    if (error instanceof EmbeddedMetricError) return 1;
    throw error;
  }
}

interface At {
  group: Group;
  call: LogsCall;
}

function tell(name: string, count: number, { group, call }: At): void {
  const Dimensions = [{ Name: 'LogGroupName', Value: group.name }];
  const data = [{ MetricName: name, Dimensions, Value: count, Unit: 'Count' as const }];
  putMetrics({ namespace: 'AWS/Logs', data }, call);
}
