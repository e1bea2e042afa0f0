import type { AwsError } from '../../errors';
import { readScalar } from '../scalar';
import type { Member } from '../shape';
import type { WireRequest } from '../types';
import { bindingsOf } from './bindings';
import type { Match } from './route';

/** What restJson1 and restXml do differently: bodies, and what they answer to what they cannot read. */
export interface BodyFormat {
  contentType: string;
  readBody(root: Member, members: Member[], body: Uint8Array): Record<string, unknown>;
  readPayload(member: Member, body: Uint8Array): unknown;
  writeBody(root: Member, members: Member[], output: Record<string, unknown>): string;
  writePayload(member: Member, value: unknown): string;
  /** To a label, query parameter or header that is none of its member's kind. */
  badValue(name: string, text: string): AwsError;
  badUri(): AwsError;
}

/** Reads a request's members from URI, headers and body. */
export class RequestReader {
  readonly #format: BodyFormat;
  readonly #output: Record<string, unknown> = {};

  constructor(format: BodyFormat) {
    this.#format = format;
  }

  read(input: Member, match: Match, request: WireRequest): Record<string, unknown> {
    const { labels, payload, body } = bindingsOf(input.shape);
    for (const member of labels)
      this.#put(member, member.name, this.#unescape(match.labels[member.name] ?? ''));
    this.#readQuery(input, match.query);
    this.#readHeaders(input, request.headers);
    if (payload) this.#readPayload(payload, request.body);
    else if (body.length > 0 && request.body.length > 0)
      Object.assign(this.#output, this.#format.readBody(input, body, request.body));
    return this.#output;
  }

  #readQuery(input: Member, query: URLSearchParams): void {
    const { queries, queryMap } = bindingsOf(input.shape);
    for (const [name, member] of queries) {
      const texts = query.getAll(name);
      if (texts[0] === undefined) continue;
      if (member.shape.kind === 'list')
        this.#output[member.name] = texts.map((text) =>
          this.#scalar(member.shape.element, name, text),
        );
      else this.#put(member, name, texts[0]);
    }
    if (queryMap)
      this.#output[queryMap.name] = restOf(queryMap, query, new Set(queries.map(first)));
  }

  #readHeaders(input: Member, headers: Record<string, string>): void {
    const bindings = bindingsOf(input.shape);
    for (const [name, member] of bindings.headers) {
      const text = headers[name];
      if (text === undefined) continue;
      if (member.shape.kind === 'list')
        this.#output[member.name] = splitList(text).map((item) =>
          this.#scalar(member.shape.element, name, item),
        );
      else this.#put(member, name, text);
    }
    for (const [prefix, member] of bindings.prefixHeaders) {
      const found = Object.entries(headers).filter(([name]) => name.startsWith(prefix));
      if (found.length > 0)
        this.#output[member.name] = Object.fromEntries(
          found.map(([name, text]) => [name.slice(prefix.length), text]),
        );
    }
  }

  #readPayload(member: Member, body: Uint8Array): void {
    if (member.shape.kind === 'blob') {
      if (body.length > 0 || member.traits.streaming) this.#output[member.name] = body;
    } else if (body.length > 0) this.#output[member.name] = this.#format.readPayload(member, body);
  }

  #put(member: Member, name: string, text: string): void {
    this.#output[member.name] = this.#scalar(member, name, text);
  }

  #scalar(member: Member, name: string, text: string): unknown {
    const value = readScalar(member, text);
    if (value === undefined) throw this.#format.badValue(name, text);
    return value;
  }

  #unescape(text: string): string {
    try {
      return decodeURIComponent(text);
    } catch {
      throw this.#format.badUri();
    }
  }
}

const first = ([name]: [string, Member]): string => name;

function restOf(member: Member, query: URLSearchParams, taken: Set<string>) {
  const isList = member.shape.element.shape.kind === 'list';
  const names = [...new Set(query.keys())].filter((name) => !taken.has(name) && name !== 'x-id');
  return Object.fromEntries(
    names.map((name) => [name, isList ? query.getAll(name) : query.get(name)]),
  );
}

/** Splits `a, "b, c"` at the commas that stand outside quotes. */
function splitList(text: string): string[] {
  const items = text.match(/\s*("(?:[^"\\]|\\.)*"|[^,]*)\s*(?:,|$)/g) ?? [];
  return items
    .map((item) => item.replace(/,$/, '').trim())
    .filter((item, index) => item !== '' || index < items.length - 1)
    .map((item) => (/^".*"$/.test(item) ? item.slice(1, -1).replace(/\\(.)/g, '$1') : item));
}
