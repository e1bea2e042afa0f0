import { LazyJsonString } from '@smithy/core/serde';
import { NormalizedSchema } from '@smithy/core/schema';

/** Deep enough for every modelled structure; shapes that contain themselves end here. */
const depth = 7;

/** Values by member name where the SDK itself insists on a form before it sends anything. */
export type Fixed = Record<string, unknown>;

/**
 * A value of a schema: every member present, two items in each collection, text with whatever the
 * protocols have to escape. It reads the SDK's schema by itself, so that a mistake of the wire's own
 * reading does not hide.
 */
export function sampleOf(schema: unknown, fixed: Fixed = {}): Record<string, unknown> {
  const root = NormalizedSchema.of(schema as never);
  return root.isUnitSchema() ? {} : structure(root, fixed, 0);
}

function value(schema: NormalizedSchema, fixed: Fixed, level: number): unknown {
  if (schema.isStructSchema()) return nested(schema, fixed, level);
  if (schema.isListSchema()) return list(schema, fixed, level);
  if (schema.isMapSchema()) return map(schema, fixed, level);
  return scalar(schema, level);
}

function scalar(schema: NormalizedSchema, level: number): unknown {
  if (schema.isTimestampSchema()) return new Date(1_767_225_600_000 + level * 1000);
  if (schema.isBooleanSchema()) return level % 2 === 0;
  if (schema.isBlobSchema()) return new Uint8Array([0, 1, 128, 255, level]);
  if (schema.isDocumentSchema()) return { a: [1, 'x', true], b: { c: 'd' } };
  if (schema.isNumericSchema()) return 40 + level;
  return text(schema, level);
}

function text(schema: NormalizedSchema, level: number): unknown {
  const { mediaType, httpHeader, httpPrefixHeaders, xmlAttribute } = schema.getMergedTraits();
  if (mediaType === 'application/json') return LazyJsonString.from('{"a":"b"}');
  // HTTP's header values are ASCII and lose their outer blanks.
  if (httpHeader || httpPrefixHeaders) return `a b; c=${level}`;
  return xmlAttribute ? `a "b" <c>` : `ü & <b> "c" 'd' /e+%20?f=${level}\n{g}`;
}

// A form cannot say that a structure is there but empty.
function nested(schema: NormalizedSchema, fixed: Fixed, level: number) {
  const found = level < depth ? structure(schema, fixed, level) : {};
  return Object.keys(found).length > 0 ? found : undefined;
}

function structure(schema: NormalizedSchema, fixed: Fixed, level: number): Record<string, unknown> {
  const output: Record<string, unknown> = {};
  for (const [name, member] of schema.structIterator()) {
    const isFixed = level === 0 && name in fixed;
    const found = isFixed ? fixed[name] : value(member, fixed, level + 1);
    if (found === undefined) continue;
    output[name] = found;
    if (schema.isUnionSchema()) break;
  }
  return output;
}

function list(schema: NormalizedSchema, fixed: Fixed, level: number): unknown[] | undefined {
  const items = [level, level + 1].map((next) => value(schema.getValueSchema(), fixed, next + 1));
  const isInHeader = schema.getMergedTraits().httpHeader !== undefined;
  const kept = items.filter((item) => item !== undefined);
  if (kept.length === 0) return undefined;
  return isInHeader ? kept.map((item) => (typeof item === 'string' ? 'a, b' : item)) : kept;
}

function map(schema: NormalizedSchema, fixed: Fixed, level: number) {
  const item = value(schema.getValueSchema(), fixed, level + 1);
  if (item === undefined) return undefined;
  const isInHeader = typeof schema.getMergedTraits().httpPrefixHeaders === 'string';
  return isInHeader ? { a: 'b c', 'd-e': 'f' } : { 'a b': item, 'c&<d>.1': item };
}
