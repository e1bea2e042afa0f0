import type { MetricDatum } from '@aws-sdk/client-cloudwatch';
import { patternOf } from './compiled';
import type { Pattern } from './filter-pattern';
import { putMetrics } from './put-metrics';
import type { Group, LogEvent, LogsCall, MetricFilter, Transformation } from './state';

const minute = 60_000;
const mostValues = 150;

/** Data points for what the group's filters find among events that have just arrived. */
export function emitMetrics(group: Group, events: readonly LogEvent[], call: LogsCall): void {
  for (const filter of group.metricFilters.values()) {
    const found = observations(filter, events);
    noteMinute({ group, filter, hasMatched: found.matches > 0 }, call);
    const { metricNamespace } = filter.transformation;
    if (found.data.length > 0) putMetrics({ namespace: metricNamespace, data: found.data }, call);
  }
}

interface Observation {
  /** Start of the minute. */
  at: number;
  dimensions: { Name: string; Value: string }[];
  counts: Map<number, number>;
}

function observations(filter: MetricFilter, events: readonly LogEvent[]) {
  const pattern = patternOf(filter);
  const found = new Map<string, Observation>();
  let matches = 0;
  for (const { message, timestamp } of events) {
    if (!pattern.match(message)) continue;
    matches += 1;
    const at = timestamp - (timestamp % minute);
    observe({ message, at, pattern, found }, filter.transformation);
  }
  return { matches, data: [...found.values()].flatMap((each) => dataOf(filter, each)) };
}

interface Match {
  message: string;
  at: number;
  pattern: Pattern;
  found: Map<string, Observation>;
}

/** An event without a value, or without one of the dimensions, gives none. */
function observe({ message, at, pattern, found }: Match, transformation: Transformation): void {
  const value = valueIn(message, pattern, transformation.metricValue);
  const dimensions = dimensionsIn(message, pattern, transformation);
  if (value === undefined || !dimensions) return;
  const key = JSON.stringify([at, dimensions]);
  const { counts } = found.get(key) ?? { counts: new Map<number, number>() };
  counts.set(value, (counts.get(value) ?? 0) + 1);
  found.set(key, { at, dimensions, counts });
}

function valueIn(message: string, pattern: Pattern, metricValue: string): number | undefined {
  const text = metricValue.startsWith('$') ? pattern.valueOf(message, metricValue) : metricValue;
  if (text === undefined || text.trim() === '') return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

function dimensionsIn(message: string, pattern: Pattern, { dimensions }: Transformation) {
  const found = Object.entries(dimensions).map(([Name, selector]) => ({
    Name,
    Value: pattern.valueOf(message, selector) ?? '',
  }));
  return found.every(({ Value }) => Value !== '') ? found : undefined;
}

function dataOf({ transformation }: MetricFilter, { at, dimensions, counts }: Observation) {
  const entries = [...counts];
  const data: MetricDatum[] = [];
  for (let start = 0; start < entries.length; start += mostValues) {
    const part = entries.slice(start, start + mostValues);
    data.push({
      MetricName: transformation.metricName,
      Timestamp: new Date(at),
      Values: part.map(([value]) => value),
      Counts: part.map(([, count]) => count),
      Unit: transformation.unit ?? 'None',
      ...(dimensions.length > 0 ? { Dimensions: dimensions } : {}),
    });
  }
  return data;
}

interface Arrival {
  group: Group;
  filter: MetricFilter;
  hasMatched: boolean;
}

/** Events have arrived: at the end of this minute it is known whether the default value is due. */
function noteMinute({ group, filter, hasMatched }: Arrival, call: LogsCall): void {
  if (filter.transformation.defaultValue === undefined) return;
  const now = call.now().getTime();
  const start = now - (now % minute);
  if (filter.minute?.start === start) {
    filter.minute.hasMatched ||= hasMatched;
    return;
  }
  filter.minute = { start, hasMatched };
  call.timers.set({
    name: 'metricFilterMinute',
    id: `minute:${group.name}:${filter.name}:${start}`,
    // Before anything looks at the minute that has just ended.
    at: new Date(start + minute - 1),
    payload: { group: group.name, filter: filter.name, start },
  });
}

/** The end of a minute in which events arrived: the default value, when none of them matched. */
export function endMinute(
  { group, filter: name, start }: { group: string; filter: string; start: number },
  call: LogsCall,
): void {
  const filter = call.state.groups.get(group)?.metricFilters.get(name);
  if (!filter || filter.minute?.start !== start || filter.minute.hasMatched) return;
  emitDefault(filter.transformation, new Date(start), call);
}

function emitDefault(transformation: Transformation, at: Date, call: LogsCall): void {
  const { metricName, metricNamespace, defaultValue, unit = 'None' } = transformation;
  if (defaultValue === undefined) return;
  const datum = { MetricName: metricName, Timestamp: at, Value: defaultValue, Unit: unit };
  putMetrics({ namespace: metricNamespace, data: [datum] }, call);
}
