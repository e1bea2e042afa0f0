import {
  type MetricTransformation,
  type PutMetricFilterRequest,
  StandardUnit,
} from '@aws-sdk/client-cloudwatch-logs';
import { checkOneOf, checkText, constraint, invalid } from './errors';
import type { Pattern } from './filter-pattern';
import type { Transformation } from './state';

const name = { longest: 255, pattern: '[^:*$]*' };
const selector = /^\$(?:[\w.[\]-]+)$/;
const mostDimensions = 3;

/** The one transformation of a metric filter; AWS's InvalidParameterException otherwise. */
export function readTransformation(input: PutMetricFilterRequest, pattern: Pattern) {
  const { metricTransformations: all = [] } = input;
  const [given, ...more] = all;
  const member = 'metricTransformations';
  if (!given) throw constraint('[]', member, 'have length greater than or equal to 1');
  if (more.length > 0)
    throw constraint(printed(all), member, 'have length less than or equal to 1');
  return transformationFrom(given, pattern);
}

const members = [
  'metricName',
  'metricNamespace',
  'metricValue',
  'defaultValue',
  'unit',
  'dimensions',
] as const;

/** As AWS prints a list of them. */
function printed(all: MetricTransformation[]): string {
  const shown = (value: unknown) => JSON.stringify(value ?? null).replaceAll('"', '');
  const each = all.map(
    (one) =>
      `MetricTransformation(${members.map((name) => `${name}=${shown(one[name])}`).join(', ')})`,
  );
  return `[${each.join(', ')}]`;
}

function transformationFrom(given: MetricTransformation, pattern: Pattern): Transformation {
  const { metricName, metricNamespace, metricValue, defaultValue, dimensions = {}, unit } = given;
  const member = 'metricTransformations.1.member';
  checkText(metricName, `${member}.metricName`, name);
  checkText(metricNamespace, `${member}.metricNamespace`, name);
  checkText(metricValue, `${member}.metricValue`, { longest: 100 });
  if (metricNamespace.startsWith('AWS/'))
    throw invalid('Metric namespaces starting with AWS/ are reserved for AWS.');
  checkValue(metricValue, pattern);
  checkOneOf(unit, `${member}.unit`, StandardUnit);
  if (defaultValue !== undefined && Object.keys(dimensions).length > 0)
    throw invalid(
      'Invalid metric transformation: dimensions and default value are mutually exclusive properties',
    );
  checkDimensions(dimensions, pattern);
  return {
    metricName,
    metricNamespace,
    metricValue,
    dimensions: { ...dimensions },
    ...(defaultValue === undefined ? {} : { defaultValue }),
    ...(unit === undefined ? {} : { unit }),
  };
}

function checkValue(value: string, { kind }: Pattern): void {
  const isNumber = value.trim() !== '' && Number.isFinite(Number(value));
  if (!isNumber && (kind === 'terms' || !selector.test(value)))
    // The text was not verified.
    throw invalid('Invalid metric transformation: metric value must be number or valid selector');
}

function checkDimensions(dimensions: Record<string, string>, { kind }: Pattern): void {
  const values = Object.values(dimensions);
  if (values.length === 0) return;
  if (kind === 'terms') throw invalid('The specified filter pattern does not support dimensions');
  if (values.length > mostDimensions)
    // The text was not verified.
    throw invalid(
      `Invalid metric transformation: at most ${mostDimensions} dimensions are allowed`,
    );
  if (values.some((value) => !selector.test(value)))
    throw invalid('Invalid metric transformation: dimension value must be valid selector');
}
