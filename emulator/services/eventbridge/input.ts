import type { InputTransformer, Target } from '@aws-sdk/client-eventbridge';
import { parseJson } from '../../json';
import { inSeconds } from './event';
import { valueAt } from './json-path';
import type { Event, EventBridgeCall, RuleName } from './state';

/** What the target gets; nothing when a template makes no JSON of this event. */
export function inputFor(
  target: Target,
  { rule, event }: { rule: RuleName; event: Event },
  call: EventBridgeCall,
): string | undefined {
  if (target.Input !== undefined) return target.Input;
  if (target.InputPath !== undefined) return JSON.stringify(valueAt(target.InputPath, event));
  if (!target.InputTransformer) return JSON.stringify(event);
  const values = { ...valuesOf(target.InputTransformer, event), ...predefined(rule, event, call) };
  const text = fill(target.InputTransformer.InputTemplate ?? '', values);
  return isJsonByLine(text) ? text : undefined;
}

/** Names of values that a template may use without a path. */
export const predefinedNames = [
  'aws.events.rule-arn',
  'aws.events.rule-name',
  'aws.events.event.ingestion-time',
  'aws.events.event',
  'aws.events.event.json',
];

type Values = Record<string, unknown>;

const valuesOf = ({ InputPathsMap = {} }: InputTransformer, event: Event): Values =>
  Object.fromEntries(
    Object.entries(InputPathsMap).map(([name, path]) => [name, valueAt(path, event)]),
  );

function predefined(rule: RuleName, event: Event, call: EventBridgeCall): Values {
  const { id, account, time, source, region, resources, version } = event;
  return {
    'aws.events.rule-arn': rule.arn,
    'aws.events.rule-name': rule.name,
    'aws.events.event.ingestion-time': inSeconds(call.now()),
    // AWS writes this one from its own object: another name, another order, and no detail.
    'aws.events.event': {
      id,
      account,
      detailType: event['detail-type'],
      time,
      source,
      region,
      resources,
      version,
    },
    'aws.events.event.json': event,
  };
}

export const placeholder = /<([\w.-]+)>/g;

/** Puts values in place of `<name>`, each as the quotes around it ask. */
function fill(template: string, values: Values): string {
  const isDocument = /^\s*[{[]/.test(template);
  const pieces = template.match(/<[\w.-]+>|\\.|[^<\\]|[<\\]/gs) ?? [];
  let quoted = false;
  return pieces
    .map((piece) => {
      if (piece === '"') quoted = !quoted;
      const [, name] = /^<([\w.-]+)>$/.exec(piece) ?? [];
      if (name === undefined) return piece;
      return quoted ? insideQuotes(values[name], isDocument) : outsideQuotes(values[name]);
    })
    .join('');
}

const outsideQuotes = (value: unknown): string => JSON.stringify(value ?? '');

/** In a text AWS leaves out the quotes of an object's JSON; in a document it breaks on them. */
function insideQuotes(value: unknown, isDocument: boolean): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return JSON.stringify(value).slice(1, -1);
  const json = JSON.stringify(value);
  return isDocument ? json : json.replaceAll('"', '');
}

/** Templates of several lines make a text of several JSON values. */
const isJsonByLine = (text: string): boolean =>
  parseJson(text) !== undefined ||
  text.split('\n').every((line) => line.trim() === '' || parseJson(line) !== undefined);
