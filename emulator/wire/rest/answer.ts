import { planOf } from '../plan';
import { writeScalar } from '../scalar';
import type { Member } from '../shape';
import type { Operation, WireResponse } from '../types';
import { bindingsOf } from './bindings';
import type { BodyFormat } from './message';

/** Writes an output into status, headers and body. */
export function writeAnswer(
  format: BodyFormat,
  operation: Operation,
  output: Record<string, unknown>,
): WireResponse {
  const { output: root } = planOf(operation);
  const { status } = bindingsOf(root.shape);
  const { type, body } = bodyOf(format, root, output);
  const headers = writeHeaders(root, output);
  if (type !== undefined) headers['content-type'] ??= type;
  const modelled = successOf(operation, headers);
  return { status: status ? Number(output[status.name] ?? modelled) : modelled, headers, body };
}

/** A range is Partial Content (RFC 9110, 15.3.7), which S3's model does not say. */
const successOf = (operation: Operation, headers: Record<string, string>): number =>
  headers['content-range'] === undefined ? (operation.http?.[2] ?? 200) : 206;

/** The headers that a structure's members are bound to. */
export function writeHeaders(
  root: Member,
  output: Record<string, unknown>,
): Record<string, string> {
  const { headers, prefixHeaders } = bindingsOf(root.shape);
  const written: Record<string, string> = {};
  for (const [name, member] of headers) {
    const value = output[member.name];
    if (value !== undefined && value !== null) written[name] = sendable(headerOf(member, value));
  }
  for (const [prefix, member] of prefixHeaders)
    for (const [name, text] of Object.entries(output[member.name] ?? {}))
      written[prefix + name] = sendable(String(text));
  return written;
}

function headerOf(member: Member, value: unknown): string {
  if (!Array.isArray(value)) return writeScalar(member, value, 'http');
  const { element } = member.shape;
  return value.map((item) => quoted(writeScalar(element, item, 'http'))).join(', ');
}

// HTTP carries bytes: UTF-8 goes as such, and a line's end must not begin a header of its own.
const sendable = (text: string): string =>
  /[^\x20-\x7e]/.test(text)
    ? Buffer.from(text.replace(/(?!\t)\p{Cc}/gu, ' ')).toString('latin1')
    : text;

const quoted = (text: string): string =>
  /[",]/.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : text;

interface Body {
  type?: string;
  body: Uint8Array | string;
}

function bodyOf(format: BodyFormat, root: Member, output: Record<string, unknown>): Body {
  const { payload, body } = bindingsOf(root.shape);
  if (payload) return payloadOf(format, payload, output[payload.name]);
  if (body.length === 0) return { body: '' };
  return { type: format.contentType, body: format.writeBody(root, body, output) };
}

function payloadOf(format: BodyFormat, member: Member, value: unknown): Body {
  if (value === undefined || value === null) return { body: '' };
  if (member.shape.kind === 'blob') {
    if (typeof value === 'string' || value instanceof Uint8Array)
      return { type: 'application/octet-stream', body: value };
    throw new TypeError(`${member.name} must be bytes or text`);
  }
  if (member.shape.kind === 'string')
    return { type: 'text/plain', body: writeScalar(member, value, 'http') };
  return { type: format.contentType, body: format.writePayload(member, value) };
}
