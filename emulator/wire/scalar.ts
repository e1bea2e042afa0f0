import type { Member, TimestampFormat } from './shape';

/** A scalar as text, or `undefined` when the text is none of the member's kind. */
export function readScalar(member: Member, text: string): unknown {
  switch (member.shape.kind) {
    case 'number':
      return readNumber(text);
    case 'boolean':
      return booleans.get(text.toLowerCase());
    case 'timestamp':
      return readTimestamp(text);
    case 'blob':
      return readBase64(text);
    default:
      return text;
  }
}

const booleans = new Map([
  ['true', true],
  ['false', false],
  ['1', true],
  ['0', false],
]);

function readNumber(text: string): number | undefined {
  if (text === 'NaN' || text === 'Infinity' || text === '-Infinity') return Number(text);
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
}

/** A timestamp in whatever format it comes: AWS takes more than the one it writes. */
export function readTimestamp(value: string | number): Date | undefined {
  const isSeconds = typeof value === 'number' || /^-?\d+(\.\d+)?$/.test(value);
  const date = new Date(isSeconds ? Math.round(Number(value) * 1000) : value);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

export function readBase64(text: string): Uint8Array | undefined {
  const isBase64 = text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
  return isBase64 ? new Uint8Array(Buffer.from(text, 'base64')) : undefined;
}

/** A scalar as text. Timestamps take their own format before the protocol's. */
export function writeScalar(member: Member, value: unknown, format: TimestampFormat): string {
  switch (member.shape.kind) {
    case 'timestamp':
      return writeTimestamp(value as Date, member.format ?? format);
    case 'blob':
      return writeBase64(value as Uint8Array | string);
    default:
      return String(value);
  }
}

export const writeBase64 = (value: Uint8Array | string): string =>
  typeof value === 'string'
    ? Buffer.from(value).toString('base64')
    : Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');

const writers: Record<TimestampFormat, (date: Date) => string> = {
  epoch: (date) => String(date.getTime() / 1000),
  iso: (date) => date.toISOString().replace('.000Z', 'Z'),
  millis: (date) => date.toISOString(),
  http: (date) => date.toUTCString(),
};

export const writeTimestamp = (date: Date, format: TimestampFormat): string =>
  writers[format](date);
