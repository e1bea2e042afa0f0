import { isRecord } from '../template/template';
import { text } from '../template/text';

/**
 * Whether a value is what the template asks for. Further members that the template does not name,
 * the order of lists, numbers written as text and a list of one written as its item do not matter.
 */
export function covers(expected: unknown, actual: unknown): boolean {
  const [wanted, found] = [unfolded(expected, actual), unfolded(actual, expected)];
  if (found === undefined) return isNothing(wanted);
  if (Array.isArray(wanted) || Array.isArray(found)) {
    return coversList([wanted].flat(), [found].flat());
  }
  if (isRecord(wanted) && isRecord(found)) {
    return Object.entries(wanted).every(([key, value]) => covers(value, found[key]));
  }
  return text(wanted) === text(found);
}

const coversList = (wanted: unknown[], found: unknown[]): boolean =>
  wanted.length === found.length && pairUp(wanted, found).missing.length === 0;

/** A document as an object when the other side has it as an object: services keep many as text. */
export function unfolded(value: unknown, other: unknown): unknown {
  if (typeof value !== 'string' || typeof other !== 'object' || other === null) return value;
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'object' && parsed !== null ? parsed : value;
  } catch {
    return value;
  }
}

/** Empty, as good as not set. */
export const isNothing = (value: unknown): boolean =>
  value === '' ||
  value === undefined ||
  (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

/** Without anything further on either side. */
export const equals = (one: unknown, other: unknown): boolean =>
  covers(one, other) && covers(other, one);

interface Item {
  value: unknown;
  index: number;
}

/** Finds for each item of one list its like in the other, wherever it stands. */
export function pairUp(
  expected: unknown[],
  actual: unknown[],
  isLike: (wanted: unknown, found: unknown) => boolean = covers,
): { missing: Item[]; added: Item[] } {
  const added = actual.map((value, index) => ({ value, index }));
  const missing = expected
    .map((value, index) => ({ value, index }))
    .filter(({ value }) => {
      const match = added.findIndex((each) => isLike(value, each.value));
      if (match >= 0) added.splice(match, 1);
      return match < 0;
    });
  return { missing, added };
}
