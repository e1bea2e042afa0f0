import { NormalizedSchema } from '@smithy/core/schema';

/**
 * How a timestamp is written: seconds since the epoch, RFC 3339, the same with milliseconds even when
 * they are zero (ec2, s3), or an HTTP date.
 */
export type TimestampFormat = 'epoch' | 'iso' | 'millis' | 'http';

export type Kind =
  | 'string'
  | 'number'
  | 'boolean'
  | 'timestamp'
  | 'blob'
  | 'document'
  | 'list'
  | 'map'
  | 'structure'
  | 'unit';

/** The traits that the protocols ask for, by the SDK's names. */
export interface Traits {
  xmlName?: string;
  xmlFlattened?: 1;
  xmlAttribute?: 1;
  xmlNamespace?: [prefix: string | undefined, uri: string];
  ec2QueryName?: string;
  jsonName?: string;
  mediaType?: string;
  sparse?: 1;
  sensitive?: 1;
  streaming?: 1;
  eventPayload?: 1;
  httpLabel?: 1;
  httpQuery?: string;
  httpQueryParams?: 1;
  httpHeader?: string;
  httpPrefixHeaders?: string;
  httpPayload?: 1;
  httpResponseCode?: 1;
  httpError?: number;
  error?: 'client' | 'server';
  awsQueryError?: [code: string, status: number];
}

/** A member of a structure, the element of a list, or an operation's own input or output. */
export interface Member {
  /** As modelled; the shape's name where the model gives the member none. */
  name: string;
  shape: Shape;
  traits: Traits;
  required: boolean;
  /** Of a timestamp whose member or shape fixes its own format. */
  format: TimestampFormat | undefined;
}

/**
 * A shape of the model in the form the readers and writers walk: one object per shape, its members
 * looked up when first asked for, because shapes may contain themselves.
 */
export class Shape {
  readonly kind: Kind;
  readonly name: string;
  readonly traits: Traits;
  readonly isUnion: boolean;
  readonly #schema: NormalizedSchema;
  #members: Member[] | undefined;
  #element: Member | undefined;
  #key: Member | undefined;

  constructor(schema: NormalizedSchema) {
    this.#schema = schema;
    this.kind = kindOf(schema);
    this.name = schema.getName() ?? '';
    this.traits = schema.getOwnTraits() as Traits;
    this.isUnion = schema.isUnionSchema();
  }

  /** Of a structure; empty for everything else. */
  get members(): Member[] {
    return (this.#members ??= this.#readMembers());
  }

  /** Of a list or a map. */
  get element(): Member {
    return (this.#element ??= memberOf(this.#schema.getValueSchema(), 'member', false));
  }

  /** Of a map. */
  get key(): Member {
    return (this.#key ??= memberOf(this.#schema.getKeySchema(), 'key', false));
  }

  #readMembers(): Member[] {
    if (this.kind !== 'structure') return [];
    // A structure's schema puts its required members first and their number last.
    const required = Number((this.#schema.getSchema() as unknown[])[6] ?? 0);
    return [...this.#schema.structIterator()].map(([name, schema], index) =>
      memberOf(schema, name, index < required),
    );
  }
}

const shapes = new WeakMap<object, Shape>();
const simpleShapes = new Map<unknown, Shape>();

function shapeOf(schema: NormalizedSchema): Shape {
  const source = schema.getSchema();
  const cache = (typeof source === 'object' ? shapes : simpleShapes) as Map<unknown, Shape>;
  let shape = cache.get(source);
  if (!shape) cache.set(source, (shape = new Shape(schema)));
  return shape;
}

function memberOf(schema: NormalizedSchema, name: string, required: boolean): Member {
  const traits = schema.getMergedTraits() as Traits;
  return { name, shape: shapeOf(schema), traits, required, format: formatOf(schema) };
}

/** The top of an operation's input, output or error, from the SDK's own schema. */
export function rootOf(schema: unknown): Member {
  const normalized = NormalizedSchema.of(schema as Parameters<typeof NormalizedSchema.of>[0]);
  return memberOf(normalized, normalized.getName() ?? '', true);
}

const kindTests: [Kind, (schema: NormalizedSchema) => boolean][] = [
  ['unit', (schema) => schema.isUnitSchema()],
  ['structure', (schema) => schema.isStructSchema()],
  ['list', (schema) => schema.isListSchema()],
  ['map', (schema) => schema.isMapSchema()],
  ['string', (schema) => schema.isStringSchema()],
  ['boolean', (schema) => schema.isBooleanSchema()],
  ['blob', (schema) => schema.isBlobSchema()],
  ['timestamp', (schema) => schema.isTimestampSchema()],
  ['document', (schema) => schema.isDocumentSchema()],
];

// What is left is an integer or a decimal of some width.
const kindOf = (schema: NormalizedSchema): Kind =>
  kindTests.find(([, test]) => test(schema))?.[0] ?? 'number';

const formats: Record<number, TimestampFormat> = { 5: 'iso', 6: 'http', 7: 'epoch' };

const formatOf = (schema: NormalizedSchema): TimestampFormat | undefined =>
  schema.isTimestampSchema() ? formats[schema.getSchema() as number] : undefined;
