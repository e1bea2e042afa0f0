import type { Pattern } from './compile';
import type { Leaf, Matcher } from './matchers';

type Node = Record<string, unknown>;

/** Does the event, parsed JSON, fit the pattern? */
export function matches(pattern: Pattern, event: unknown): boolean {
  return elementsOf(event).some((element) => isObject(element) && fits(pattern, element, event));
}

/** `whole` is what the object was found in: absence is judged over all elements of an array. */
function fits(pattern: Pattern, object: Node, whole: unknown): boolean {
  for (const [name, inner] of pattern.fields)
    if (!fieldFits(inner, object[name], valuesNamed(name, whole))) return false;
  return pattern.alternatives.every((group) =>
    group.some((alternative) => fits(alternative, object, whole)),
  );
}

function fieldFits(inner: Pattern | Matcher[], value: unknown, everywhere: unknown[]): boolean {
  if (Array.isArray(inner)) return leafFits(inner, value, everywhere);
  const objects = elementsOf(value).filter(isObject);
  if (objects.length === 0) return fits(inner, {}, everywhere);
  return objects.some((object) => fits(inner, object, everywhere));
}

function leafFits(matchers: Matcher[], value: unknown, everywhere: unknown[]): boolean {
  const leaves = elementsOf(value).filter(isLeaf);
  return matchers.some((matcher) =>
    matcher === 'absent' ? !elementsOf(everywhere).some(isLeaf) : leaves.some(matcher),
  );
}

const valuesNamed = (name: string, whole: unknown): unknown[] =>
  elementsOf(whole).flatMap((element) => (isObject(element) ? [element[name]] : []));

/** Arrays of any depth flattened; a single value as a list of one. */
const elementsOf = (value: unknown): unknown[] =>
  Array.isArray(value) ? value.flatMap(elementsOf) : [value];

const isObject = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isLeaf = (value: unknown): value is Leaf => value !== undefined && !isObject(value);
