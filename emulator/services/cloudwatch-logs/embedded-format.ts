import { type MetricDatum, StandardUnit } from '@aws-sdk/client-cloudwatch';

/** A document that does not keep to the embedded metric format. */
export class EmbeddedMetricError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'EmbeddedMetricError';
  }
}

type Document = Record<string, unknown>;

/**
 * The metrics of a document in the embedded metric format (FACTS C4.4), by namespace; throws
 * EmbeddedMetricError when any part of it is not as the specification wants it.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function metricsIn(document: Document): { namespace: string; data: MetricDatum[] }[] {
  const { Timestamp: timestamp, CloudWatchMetrics: directives } = document['_aws'] as Document;
  check(typeof timestamp === 'number' && timestamp >= 0, 'Timestamp');
  check(Array.isArray(directives), 'CloudWatchMetrics');
  return (directives as Document[]).map((directive) => ({
    namespace: namespaceOf(directive),
    data: dataOf(directive, document, new Date(timestamp as number)),
  }));
}

function check(holds: boolean, member: string): asserts holds {
  if (!holds) throw new EmbeddedMetricError(`${member} is not valid`);
}

function namespaceOf({ Namespace: namespace }: Document): string {
  check(typeof namespace === 'string' && /^(?!AWS\/)[^:].{0,254}$/.test(namespace), 'Namespace');
  return namespace;
}

function dataOf(directive: Document, document: Document, at: Date): MetricDatum[] {
  const metrics = list(directive['Metrics'], 'Metrics', 100).map((metric) =>
    metricOf(metric as Document, document),
  );
  const sets = list(directive['Dimensions'], 'Dimensions', Infinity);
  return (sets.length === 0 ? [[]] : sets).flatMap((set) => {
    const dimensions = dimensionsOf(set, document);
    return metrics.map((metric) => ({
      ...metric,
      Timestamp: at,
      ...(dimensions.length > 0 ? { Dimensions: dimensions } : {}),
    }));
  });
}

function list(value: unknown, member: string, most: number): unknown[] {
  check(Array.isArray(value) && value.length <= most, member);
  return value;
}

const dimensionsOf = (set: unknown, document: Document) =>
  list(set, 'Dimensions', 30).map((name) => {
    const value = document[String(name)];
    check(typeof name === 'string' && typeof value === 'string', 'Dimensions');
    check(value.length > 0 && value.length <= 1024, `Dimension ${name}`);
    return { Name: name, Value: value };
  });

function metricOf(metric: Document, document: Document): MetricDatum {
  const { Name: name, Unit: unit = 'None', StorageResolution: resolution = 60 } = metric;
  check(typeof name === 'string' && name !== '' && name.length <= 1024, 'Name');
  check(Object.values<unknown>(StandardUnit).includes(unit), 'Unit');
  check(resolution === 1 || resolution === 60, 'StorageResolution');
  return {
    MetricName: name,
    Values: valuesOf(document[name], name),
    Unit: unit as StandardUnit,
    StorageResolution: resolution,
  };
}

function valuesOf(value: unknown, name: string): number[] {
  const values = Array.isArray(value) ? (value as unknown[]) : [value];
  check(values.length > 0 && values.length <= 100, name);
  return values.map((each) => {
    check(typeof each === 'number', name);
    return each;
  });
}
