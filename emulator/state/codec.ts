/**
 * JSON for state: Maps, Sets, Dates and bytes survive, under keys that start with a dollar sign. What
 * JSON knows already is not copied: nothing else goes on while a queue of 10,000 messages is encoded.
 */
export const encodeState = (state: unknown): string => JSON.stringify(inJson(state));

function inJson(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return listInJson(value);
  if (value instanceof Map) return { $map: Array.from(value, entryInJson) };
  if (value instanceof Date) return { $date: value.getTime() };
  if (value instanceof Set) return { $set: Array.from(value, inJson) };
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') };
  return objectInJson(value as Record<string, unknown>);
}

const entryInJson = ([key, value]: [unknown, unknown]) => [inJson(key), inJson(value)];

function listInJson(list: unknown[]): unknown[] {
  let json = list;
  for (const [position, item] of list.entries()) {
    const member = inJson(item);
    if (member === item) continue;
    if (json === list) json = [...list];
    json[position] = member;
  }
  return json;
}

function objectInJson(value: Record<string, unknown>): object {
  let json = value;
  let count = 0;
  // Quicker than a list of the names; state has plain objects only.
  for (const name in value) {
    count += 1;
    const member = inJson(value[name]);
    if (member === value[name]) continue;
    if (json === value) json = { ...value };
    json[name] = member;
  }
  return count === 1 && needsEscape(value) ? { $object: Object.entries(json) } : json;
}

/** Reads what `encodeState` wrote; throws SyntaxError on anything damaged. */
export function decodeState(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    const [tag, ...more] = Object.keys(value);
    if (more.length > 0 || tag === undefined) return value;
    return revive(tag, (value as Record<string, unknown>)[tag], value);
  });
}

function revive(tag: string, content: unknown, value: unknown): unknown {
  switch (tag) {
    case '$date':
      return new Date(content as number);
    case '$map':
      return new Map(content as [unknown, unknown][]);
    case '$set':
      return new Set(content as unknown[]);
    case '$bytes':
      return new Uint8Array(Buffer.from(content as string, 'base64'));
    case '$object':
      return Object.fromEntries(content as [string, unknown][]);
    default:
      return value;
  }
}

/** A learner's own object with one member that looks like a tag, such as `{"$date": 1}`. */
const needsEscape = (value: object): boolean => Object.keys(value)[0]?.startsWith('$') === true;
