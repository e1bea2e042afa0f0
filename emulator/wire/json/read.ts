import { awsError } from '../../errors';
import { readBase64, readTimestamp } from '../scalar';
import type { Kind, Member } from '../shape';

type Json = unknown;

/** Reads a JSON body into an object; anything else is AWS's SerializationException. */
export function parseJson(body: Uint8Array): Json {
  try {
    return JSON.parse(decoder.decode(body)) as Json;
  } catch {
    // The text differs from service to service (many send none) and was not verified.
    throw malformed('Could not parse request body into json.');
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Reads parsed JSON by its shape. `null` counts as absent; unknown members are dropped, as AWS does. */
export const readJson = (member: Member, value: Json): unknown =>
  readers[member.shape.kind](member, value);

const malformed = (message: string) => awsError('SerializationException', message);

// The texts are those of AWS's Java front end as DynamoDB shows them; other services were not verified.
const typeNames: Record<Kind, string> = {
  string: 'String',
  number: 'Integer',
  boolean: 'Boolean',
  timestamp: 'Timestamp',
  blob: 'Blob',
  document: 'Document',
  list: 'List',
  map: 'Map',
  structure: 'Structure',
  unit: 'Structure',
};

function mismatch(member: Member, value: Json): Error {
  if (Array.isArray(value)) return malformed('Start of list found where not expected');
  if (isObject(value)) return malformed('Start of structure or map found where not expected.');
  const isCollection = ['list', 'map', 'structure', 'unit'].includes(member.shape.kind);
  if (isCollection) return malformed('Unexpected field type');
  const found =
    typeof value === 'boolean' ? (value ? 'TRUE' : 'FALSE') : (typeof value).toUpperCase();
  return malformed(
    `${found}_VALUE can not be converted to ${article(typeNames[member.shape.kind])}`,
  );
}

const article = (noun: string) => (/^[AEIOU]/.test(noun) ? `an ${noun}` : `a ${noun}`);

const isObject = (value: Json): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const readStructure = (member: Member, value: Json): Record<string, unknown> =>
  readMembers(member, member.shape.members, value);

/** Reads some members of a structure: those that a REST request has in its body. */
export function readMembers(
  member: Member,
  members: Member[],
  value: Json,
): Record<string, unknown> {
  if (!isObject(value)) throw mismatch(member, value);
  const output: Record<string, unknown> = {};
  for (const child of members) {
    const name = child.traits.jsonName ?? child.name;
    if (!Object.hasOwn(value, name)) continue;
    const found = value[name];
    if (found !== null) output[child.name] = readJson(child, found);
  }
  return output;
}

function readList(member: Member, value: Json): unknown[] {
  if (!Array.isArray(value)) throw mismatch(member, value);
  const { element } = member.shape;
  const items = member.traits.sparse ? value : value.filter((item: Json) => item !== null);
  return items.map((item: Json) => (item === null ? null : readJson(element, item)));
}

function readMap(member: Member, value: Json): Record<string, unknown> {
  if (!isObject(value)) throw mismatch(member, value);
  const { element } = member.shape;
  // fromEntries defines properties, so that a key `__proto__` stays a key.
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== null || member.traits.sparse)
      .map(([key, item]) => [key, item === null ? null : readJson(element, item)]),
  );
}

function readNumber(member: Member, value: Json): number {
  if (typeof value === 'number') return value;
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value);
  throw mismatch(member, value);
}

function readDate(member: Member, value: Json): Date {
  const date =
    typeof value === 'number' || typeof value === 'string' ? readTimestamp(value) : undefined;
  if (!date) throw mismatch(member, value);
  return date;
}

function readBlob(member: Member, value: Json): Uint8Array {
  const blob = typeof value === 'string' ? readBase64(value) : undefined;
  if (!blob) throw mismatch(member, value);
  return blob;
}

const typed =
  (type: 'string' | 'boolean') =>
  (member: Member, value: Json): Json => {
    if (typeof value !== type) throw mismatch(member, value);
    return value;
  };

const readers: Record<Kind, (member: Member, value: Json) => unknown> = {
  structure: readStructure,
  unit: readStructure,
  list: readList,
  map: readMap,
  string: typed('string'),
  boolean: typed('boolean'),
  number: readNumber,
  timestamp: readDate,
  blob: readBlob,
  document: (_member, value) => value,
};
