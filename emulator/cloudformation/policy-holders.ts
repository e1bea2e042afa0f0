import { isDeepStrictEqual } from 'node:util';
import { parseJson } from '../json';

/**
 * A policy resource as it stands now, from the documents of those that should hold it: who holds
 * any, and a document that differs from the declared one before one that does not.
 */
export function heldPolicy(
  declared: unknown,
  documents: readonly [holder: string, document: string | undefined][],
): { holders: string[]; document: unknown } | undefined {
  const held = documents.flatMap(([holder, text]) =>
    text === undefined ? [] : [{ holder, document: parseJson(text) }],
  );
  const [first] = held;
  if (!first) return undefined;
  const wanted = typeof declared === 'string' ? parseJson(declared) : declared;
  const other = held.find(({ document }) => !isDeepStrictEqual(document, wanted));
  return {
    holders: held.map(({ holder }) => holder),
    document: (other ?? first).document,
  };
}
