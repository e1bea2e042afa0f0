import { NormalizedSchema } from '@smithy/core/schema';
import type { Dice } from './dice';
import { fitting, numbers, texts } from './odd-values';

const depth = 5;

/** What a text is drawn from. */
export interface Source {
  dice: Dice;
  /** Every word that the SDK knows for some member: modes, types, states. */
  words: string[];
}

/** A random value of a schema, of the right types and often of fitting content. */
export function randomInput(schema: unknown, source: Source): Record<string, unknown> {
  const root = NormalizedSchema.of(schema as never);
  return root.isStructSchema() ? structure(root, source, 0) : {};
}

/** Half of the texts fit the member's name. */
function text(name: string, { dice, words }: Source): string {
  if (dice.chance(30)) return dice.pick(texts);
  const [first, ...more] = fitting(name);
  if (first !== undefined) return dice.pick([first, ...more]);
  const [word, ...others] = words;
  return word !== undefined && dice.chance(60) ? dice.pick([word, ...others]) : dice.pick(texts);
}

function value(schema: NormalizedSchema, source: Source, level: number): unknown {
  if (schema.isStructSchema()) return level < depth ? structure(schema, source, level) : {};
  if (schema.isListSchema()) return list(schema, source, level);
  if (schema.isMapSchema()) return map(schema, source, level);
  return scalar(schema, source);
}

function scalar(schema: NormalizedSchema, source: Source): unknown {
  const { dice } = source;
  if (schema.isTimestampSchema()) return new Date(1_767_225_600_000 + dice.below(1e9));
  if (schema.isBooleanSchema()) return dice.chance(50);
  if (schema.isNumericSchema()) return dice.pick(numbers);
  const found = text(memberName(schema), source);
  return schema.isBlobSchema() ? Buffer.from(found) : found;
}

function structure(
  schema: NormalizedSchema,
  source: Source,
  level: number,
): Record<string, unknown> {
  const { dice } = source;
  const output: Record<string, unknown> = {};
  const likely = level === 0 ? 70 : 50;
  for (const [name, member] of schema.structIterator()) {
    const isNeeded = 'smithy.api#required' in member.getMergedTraits();
    if (dice.chance(isNeeded ? 95 : likely)) output[name] = value(member, source, level + 1);
    if (schema.isUnionSchema() && Object.keys(output).length > 0) break;
  }
  return output;
}

const list = (schema: NormalizedSchema, source: Source, level: number): unknown[] =>
  Array.from({ length: source.dice.below(4) }, () =>
    value(schema.getValueSchema(), source, level + 1),
  );

const map = (schema: NormalizedSchema, source: Source, level: number): Record<string, unknown> =>
  Object.fromEntries(
    Array.from({ length: source.dice.below(3) }, () => [
      source.dice.pick(texts),
      value(schema.getValueSchema(), source, level + 1),
    ]),
  );

const memberName = (schema: NormalizedSchema): string =>
  schema.isMemberSchema() ? schema.getMemberName() : '';
