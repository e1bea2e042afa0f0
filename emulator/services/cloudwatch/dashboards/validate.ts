import type { DashboardValidationMessage } from '@aws-sdk/client-cloudwatch';
import { parseObject } from '../../../json';
import { table } from '../../../table';

type Fields = Record<string, unknown>;

interface Findings {
  /** What keeps the dashboard from being saved. */
  errors: DashboardValidationMessage[];
  /** What AWS saves all the same, and tells. */
  warnings: DashboardValidationMessage[];
}

const kinds = ['alarm', 'custom', 'explorer', 'log', 'metric', 'text'];

/** What each kind of widget must have among its properties. */
const required: Record<string, string[]> = table({
  text: ['markdown'],
  alarm: ['alarms'],
  log: ['query', 'region'],
  custom: ['endpoint'],
});

/** Members that AWS knows in a widget. */
const known = new Set(['type', 'x', 'y', 'width', 'height', 'properties', 'id']);

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const say = (DataPath: string, Message: string): DashboardValidationMessage => ({
  DataPath,
  Message,
});

/** Looks through the body of a dashboard; AWS's words where they are known, the others unverified. */
export function findingsIn(body: string): Findings {
  const dashboard = parseObject(body);
  if (!dashboard)
    return {
      errors: [say('', 'The field DashboardBody must be a valid JSON object')],
      warnings: [],
    };
  const { widgets } = dashboard;
  if (widgets === undefined)
    return { errors: [say('', "Should have required property 'widgets'")], warnings: [] };
  if (!Array.isArray(widgets))
    return { errors: [say('/widgets', 'Should be array')], warnings: [] };
  return {
    errors: widgets.flatMap((widget, index) => errorsOf(widget, `/widgets/${index}`)),
    warnings: widgets.flatMap((widget, index) => warningsOf(widget, `/widgets/${index}`)),
  };
}

function errorsOf(widget: unknown, path: string): DashboardValidationMessage[] {
  if (!isRecord(widget)) return [say(path, 'Should be object')];
  const { type, properties } = widget;
  if (type === undefined) return [say(path, "Should have required property 'type'")];
  if (typeof type !== 'string' || !kinds.includes(type))
    return [
      say(`${path}/type`, `Should be equal to one of the allowed values: ${kinds.join(', ')}`),
    ];
  if (!isRecord(properties)) return [say(path, "Should have required property 'properties'")];
  return [
    ...sizeErrors(widget, path),
    ...(required[type] ?? [])
      .filter((name) => properties[name] === undefined)
      .map((name) => say(`${path}/properties`, `Should have required property '${name}'`)),
    ...(type === 'metric' ? metricWidgetErrors(properties, `${path}/properties`) : []),
    ...alarmErrors(properties['alarms'], `${path}/properties/alarms`),
  ];
}

/** Widgets of other types have `metrics` of another shape. */
const metricWidgetErrors = (properties: Fields, path: string): DashboardValidationMessage[] => [
  ...sourceErrors(properties, path),
  ...metricErrors(properties['metrics'], `${path}/metrics`),
];

/** What a metric widget is to show: metrics, or the annotation of an alarm. */
function sourceErrors(
  { metrics, annotations, region }: Fields,
  path: string,
): DashboardValidationMessage[] {
  if (metrics === undefined && annotations === undefined)
    return [
      say(path, "Should have required property 'metrics'"),
      say(
        path,
        'The metric widget should have specified a region and a data source or an alarm annotation',
      ),
      say(path, "Should have required property 'annotations'"),
    ];
  const isWithout = metrics !== undefined && region === undefined;
  return isWithout ? [say(path, "Should have required property 'region'")] : [];
}

const alarmErrors = (alarms: unknown, path: string): DashboardValidationMessage[] =>
  Array.isArray(alarms) && alarms.length === 0
    ? [say(path, 'Should NOT have less than 1 items')]
    : [];

const limits: Record<string, [number, number]> = table({
  x: [0, 23],
  y: [0, Infinity],
  width: [1, 24],
  height: [1, 1000],
});

const sizeErrors = (widget: Fields, path: string): DashboardValidationMessage[] =>
  Object.entries(limits).flatMap(([name, [from, to]]) => {
    const value = widget[name];
    if (value === undefined) return [];
    const isWithin = typeof value === 'number' && value >= from && value <= to;
    return isWithin ? [] : [say(`${path}/${name}`, `Should be an integer from ${from} to ${to}`)];
  });

function metricErrors(metrics: unknown, path: string): DashboardValidationMessage[] {
  if (metrics === undefined) return [];
  if (!Array.isArray(metrics)) return [say(path, 'Should be array')];
  return metrics.flatMap((metric: unknown, index) => {
    if (!Array.isArray(metric)) return [say(`${path}/${index}`, 'Should be array')];
    const isExpression = metric.length === 1 && isRecord(metric[0]);
    return isExpression || metric.length >= 2
      ? []
      : [say(`${path}/${index}`, 'Should NOT have less than 2 items')];
  });
}

const warningsOf = (widget: unknown, path: string): DashboardValidationMessage[] =>
  Object.keys(isRecord(widget) ? widget : {})
    .filter((name) => !known.has(name))
    .map((name) => say(`${path}/${name}`, 'Should NOT have additional properties'));
