import type { StateValue } from '@aws-sdk/client-cloudwatch';
import { nameIn } from '../alarms/alarm';

/** An AlarmRule as a tree. */
export type Rule =
  | { kind: 'state'; value: StateValue; alarm: string }
  | { kind: 'constant'; value: boolean }
  | { kind: 'not'; operand: Rule }
  | { kind: 'and' | 'or'; left: Rule; right: Rule };

/** A text that is no AlarmRule; the message says why. */
export class RuleError extends Error {}

const states = ['ALARM', 'OK', 'INSUFFICIENT_DATA'];

/** Reads the rule of a composite alarm (FACTS C4.3); OR binds weaker than AND, AND than NOT. */
export function parseRule(text: string): Rule {
  const reader = new Reader(text);
  const rule = either(reader);
  if (!reader.isAtEnd()) throw reader.unexpected();
  return rule;
}

class Reader {
  private readonly text: string;
  private position = 0;

  constructor(text: string) {
    this.text = text;
  }

  isAtEnd(): boolean {
    return this.text.slice(this.position).trim() === '';
  }

  take(pattern: RegExp): string | undefined {
    const rest = this.text.slice(this.position);
    const match = new RegExp(`^\\s*(?:${pattern.source})`, pattern.flags).exec(rest);
    if (!match) return undefined;
    this.position += match[0].length;
    return match[1] ?? '';
  }

  unexpected(): RuleError {
    const rest = this.text.slice(this.position).trim();
    return new RuleError(rest === '' ? 'it ends too early' : `unexpected '${rest.slice(0, 40)}'`);
  }
}

function either(reader: Reader): Rule {
  let left = both(reader);
  while (reader.take(/OR\b/i) !== undefined) left = { kind: 'or', left, right: both(reader) };
  return left;
}

function both(reader: Reader): Rule {
  let left = single(reader);
  while (reader.take(/AND\b/i) !== undefined) left = { kind: 'and', left, right: single(reader) };
  return left;
}

function single(reader: Reader): Rule {
  if (reader.take(/NOT\b/i) !== undefined) return { kind: 'not', operand: single(reader) };
  if (reader.take(/\(/) !== undefined) {
    const inner = either(reader);
    if (reader.take(/\)/) === undefined) throw reader.unexpected();
    return inner;
  }
  if (reader.take(/AT_LEAST\s*\(/i) !== undefined) throw new RuleError('AT_LEAST is not emulated');
  const constant = reader.take(/(TRUE|FALSE)\b/i);
  if (constant) return { kind: 'constant', value: constant.toUpperCase() === 'TRUE' };
  return ofAlarm(reader);
}

function ofAlarm(reader: Reader): Rule {
  const value = reader.take(/([A-Z_]+)\s*\(/i)?.toUpperCase();
  if (value === undefined || !states.includes(value)) throw reader.unexpected();
  const name = reader.take(/"([^"]+)"/) ?? reader.take(/([^"()]+)/)?.trim();
  if (!name || reader.take(/\)/) === undefined) throw reader.unexpected();
  return { kind: 'state', value: value as StateValue, alarm: nameIn(name) };
}

/** The names of the alarms that a rule speaks of, each once. */
export function alarmsIn(rule: Rule): string[] {
  switch (rule.kind) {
    case 'state':
      return [rule.alarm];
    case 'constant':
      return [];
    case 'not':
      return alarmsIn(rule.operand);
    default:
      return [...new Set([...alarmsIn(rule.left), ...alarmsIn(rule.right)])];
  }
}

/** Whether the rule holds; `stateOf` answers the state of an alarm by name. */
export function holds(rule: Rule, stateOf: (name: string) => StateValue | undefined): boolean {
  switch (rule.kind) {
    case 'state':
      return stateOf(rule.alarm) === rule.value;
    case 'constant':
      return rule.value;
    case 'not':
      return !holds(rule.operand, stateOf);
    case 'and':
      return holds(rule.left, stateOf) && holds(rule.right, stateOf);
    case 'or':
      return holds(rule.left, stateOf) || holds(rule.right, stateOf);
  }
}
