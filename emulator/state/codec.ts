/** JSON for state: Maps, Sets, Dates and bytes survive, under keys that start with a dollar sign. */
export function encodeState(state: unknown): string {
  return JSON.stringify(state, function (this: Record<string, unknown>, key, value: unknown) {
    // A Date has already become a string by its toJSON when the replacer sees it.
    const original = this[key];
    if (original instanceof Date) return { $date: original.getTime() };
    if (value instanceof Map) return { $map: [...value] };
    if (value instanceof Set) return { $set: [...value] };
    if (original instanceof Uint8Array) return { $bytes: Buffer.from(original).toString('base64') };
    return needsEscape(value) ? { $object: Object.entries(value as object) } : value;
  });
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
function needsEscape(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const [first, ...more] = Object.keys(value);
  return more.length === 0 && first !== undefined && first.startsWith('$');
}
