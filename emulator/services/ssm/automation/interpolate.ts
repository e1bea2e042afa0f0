/** Looks up what stands between `{{ }}`; undefined when nothing bears that name. */
export type Lookup = (reference: string) => unknown;

const reference = /\{\{\s*([\w.:/$-]+)\s*\}\}/g;
const only = /^\{\{\s*([\w.:/$-]+)\s*\}\}$/;

/** A step input that refers to nothing. */
class UnresolvedReference extends Error {}

/**
 * Fills in `{{ references }}` at any depth. A string that is one reference takes the value with its
 * type; a list whose only item is a list takes that list's items, as `["{{ GroupIds }}"]` means.
 */
export function interpolate(value: unknown, lookup: Lookup): unknown {
  if (typeof value === 'string') return interpolateText(value, lookup);
  if (Array.isArray(value)) {
    const items = value.map((item) => interpolate(item, lookup));
    return items.length === 1 && typeof value[0] === 'string' ? items.flat() : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, interpolate(item, lookup)]),
  );
}

function interpolateText(text: string, lookup: Lookup): unknown {
  const whole = only.exec(text)?.[1];
  if (whole !== undefined) return resolve(whole, lookup);
  return text.replace(reference, (_, name: string) => asText(resolve(name, lookup)));
}

function resolve(name: string, lookup: Lookup): unknown {
  const value = lookup(name);
  if (value === undefined) {
    // The text is not verified.
    throw new UnresolvedReference(`Input {{ ${name} }} cannot be resolved.`);
  }
  return value;
}

/** A value as it stands inside a longer text, and in the lists of strings that the API shows. */
export const asText = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

/** The names of everything between `{{ }}` at any depth. */
export function referencesIn(value: unknown): string[] {
  const text = JSON.stringify(value ?? null);
  return [...text.matchAll(reference)].map(([, name = '']) => name);
}
