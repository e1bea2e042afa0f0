import { parseObject } from '../../../json';
import type { Value } from './value';

type Fields = Record<string, Value>;

/** At most so many fields of an event are discovered. */
const mostFields = 1000;

/**
 * The fields that are found in a message: members of a JSON object with dots between (`a.b`,
 * `list.0`), and those of Lambda's own lines. In a Lambda line with a prefix it is the first JSON
 * object in it. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html
 */
export function discover(message: string): Fields {
  const found = Object.create(null) as Fields;
  Object.assign(found, lambdaFields(message));
  const document = parseObject(message) ?? embeddedObject(message);
  if (document) flatten(document, '', found);
  return found;
}

function embeddedObject(message: string): Record<string, unknown> | undefined {
  const start = message.indexOf('{');
  const end = message.lastIndexOf('}');
  return start === -1 || end < start ? undefined : parseObject(message.slice(start, end + 1));
}

function flatten(value: unknown, prefix: string, found: Fields): void {
  for (const [name, member] of Object.entries(value as object) as [string, unknown][]) {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    if (typeof member === 'object' && member !== null) flatten(member, path, found);
    else if (member !== null && Object.keys(found).length < mostFields)
      found[path] = member as Value;
  }
}

const report: [string, RegExp, number][] = [
  ['@duration', /\tDuration: ([\d.]+) ms/, 1],
  ['@billedDuration', /\tBilled Duration: ([\d.]+) ms/, 1],
  ['@initDuration', /\tInit Duration: ([\d.]+) ms/, 1],
  ['@memorySize', /\tMemory Size: (\d+) MB/, 1_000_000],
  ['@maxMemoryUsed', /\tMax Memory Used: (\d+) MB/, 1_000_000],
];

function lambdaFields(message: string): Fields {
  const [, type, requestId] = /^(START|END|REPORT) RequestId: (\S+)/.exec(message) ?? [];
  if (requestId === undefined) return linePrefix(message);
  const found: Fields = { '@type': type, '@requestId': requestId };
  for (const [name, expression, factor] of report) {
    const value = expression.exec(message)?.[1];
    if (value !== undefined) found[name] = Number(value) * factor;
  }
  return found;
}

/** What console.log writes in Lambda's text format carries the request's id. */
function linePrefix(message: string): Fields {
  const requestId = /^\d{4}-\S+Z\t([\da-f-]{36})\t/.exec(message)?.[1];
  return requestId === undefined ? {} : { '@requestId': requestId };
}
