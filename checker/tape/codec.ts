/** A stream of an answer, read to its end, so that every check can read it again. */
export class Body {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  readonly transformToByteArray = async (): Promise<Uint8Array> => this.bytes;

  readonly transformToString = async (encoding?: BufferEncoding): Promise<string> =>
    Buffer.from(this.bytes).toString(encoding);
}

/** Bytes as Lambda's client answers a payload. */
class Bytes extends Uint8Array {
  transformToString(encoding?: BufferEncoding): string {
    return Buffer.from(this).toString(encoding);
  }
}

/** Reads the streams among an answer's members, which can be read once only. */
export async function settled(output: unknown): Promise<unknown> {
  if (!isRecord(output)) return output;
  const entries = await Promise.all(
    Object.entries(output).map(async ([name, value]) => [name, await read(value)] as const),
  );
  return Object.fromEntries(entries);
}

/** A value as JSON can hold it: dates, bytes, sets and maps keep their kind. */
export function encode(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(encode);
  const special = encodeSpecial(value);
  if (special) return special;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, member]) => name !== '$metadata' && member !== undefined)
      .map(([name, member]) => [name, encode(member)]),
  );
}

/** What `encode` made a form of JSON of. */
export function decode(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decode);
  if (!isRecord(value)) return value;
  const [[name, member] = ['', undefined], ...others] = Object.entries(value);
  const special = others.length === 0 ? decoders[name] : undefined;
  if (special) return special(member);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, decode(each)]));
}

// --- internal ---

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

async function read(value: unknown): Promise<unknown> {
  if (!isRecord(value) || value instanceof Uint8Array) return value;
  const reads = value['transformToByteArray'];
  if (typeof reads !== 'function') return value;
  return new Body((await reads.call(value)) as Uint8Array);
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

function encodeSpecial(value: object): object | undefined {
  if (value instanceof Date) return { $date: value.toISOString() };
  if (value instanceof Uint8Array) return { $bytes: base64(value) };
  if (value instanceof Body) return { $body: base64(value.bytes) };
  if (value instanceof Set) return { $set: Array.from(value, encode) };
  if (value instanceof Map) return { $map: Array.from(value, encode) };
  return undefined;
}

const decoders: Record<string, (member: unknown) => unknown> = {
  $date: (text) => new Date(String(text)),
  $bytes: (text) => new Bytes(Buffer.from(String(text), 'base64')),
  $body: (text) => new Body(Buffer.from(String(text), 'base64')),
  $set: (items) => new Set((items as unknown[]).map(decode)),
  $map: (items) => new Map((items as unknown[]).map((item) => decode(item) as [unknown, unknown])),
};
