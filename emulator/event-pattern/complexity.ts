import { PatternError } from './pattern-error';

/**
 * EventBridge refuses a field whose wildcards could be in the midst of more than ten matches at
 * once. The count is that of AWS's event-ruler (MachineComplexityEvaluator); the limit is the one
 * that EventBridge was observed to keep.
 */
const most = 10;

const star = Symbol('star');
type Piece = string | typeof star;

/** Throws when the wildcards of one field of a pattern, which is JSON, are too many to follow. */
export function checkComplexity(source: string): void {
  if (!source.includes('"wildcard"')) return;
  const byField = new Map<string, Set<string>>();
  collect(JSON.parse(source) as Node, '', byField);
  for (const wildcards of byField.values()) {
    if (worstOf([...wildcards].map(piecesOf)) > most)
      throw new PatternError(
        'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character',
      );
  }
}

type Node = Record<string, unknown>;

/** Alternatives of `$or` speak of the same fields. */
function collect(node: Node, path: string, byField: Map<string, Set<string>>): void {
  for (const [name, inner] of Object.entries(node)) {
    if (name === '$or') for (const each of inner as Node[]) collect(each, path, byField);
    else if (!Array.isArray(inner)) collect(inner as Node, `${path}.${name}`, byField);
    else {
      const field = byField.get(`${path}.${name}`) ?? new Set();
      for (const wildcard of inner.flatMap(wildcardsIn)) field.add(wildcard);
      byField.set(`${path}.${name}`, field);
    }
  }
}

interface Expression {
  wildcard?: string;
  'anything-but'?: { wildcard?: string | string[] };
}

function wildcardsIn(matcher: unknown): string[] {
  if (typeof matcher !== 'object' || matcher === null) return [];
  const { wildcard, 'anything-but': excluded } = matcher as Expression;
  return [wildcard ?? [], excluded?.wildcard ?? []].flat();
}

/** The quotes around a text count as characters of it. */
const piecesOf = (wildcard: string): Piece[] => [
  '"',
  ...(wildcard.match(/\\[\s\S]|[\s\S]/g) ?? []).map((piece) =>
    piece === '*' ? star : piece.replace(/^\\(?=.)/s, ''),
  ),
  '"',
];

/** Pieces that the last character may have been, `pattern:piece`; before the first it is -1. */
type Places = Set<string>;

/** Walks over every set of places that some value leads to and finds the largest. */
function worstOf(patterns: Piece[][]): number {
  const characters = [...new Set(patterns.flat().filter((piece) => typeof piece === 'string')), ''];
  const seen = new Set<string>();
  const open: Places[] = [new Set(patterns.map((_, index) => `${index}:-1`))];
  let worst = 0;
  for (let places = open.pop(); places && worst <= most; places = open.pop()) {
    for (const character of characters) {
      const next = step(patterns, places, character);
      worst = Math.max(worst, sizeOf(patterns, next));
      const key = [...next].toSorted().join(' ');
      if (next.size > 0 && !seen.has(key)) open.push(next);
      seen.add(key);
    }
  }
  return worst;
}

/** Where one more character leads; the empty text stands for one that no pattern names. */
function step(patterns: Piece[][], places: Places, character: string): Places {
  const next: Places = new Set();
  for (const place of places) {
    const { pattern, piece, pieces } = read(patterns, place);
    const isBeforeStar = pieces[piece + 1] === star;
    if (pieces[piece] === star) next.add(place);
    if (isBeforeStar) next.add(`${pattern}:${piece + 1}`);
    for (const ahead of isBeforeStar ? [piece + 2] : [piece + 1])
      if (pieces[ahead] === character) next.add(`${pattern}:${ahead}`);
  }
  return next;
}

/** A star that may begin right behind a place counts beside it. */
function sizeOf(patterns: Piece[][], places: Places): number {
  const stars = [...places].filter((place) => {
    const { pattern, piece, pieces } = read(patterns, place);
    return pieces[piece + 1] === star && !places.has(`${pattern}:${piece + 1}`);
  });
  return places.size + stars.length;
}

function read(patterns: Piece[][], place: string) {
  const [pattern = 0, piece = 0] = place.split(':').map(Number);
  return { pattern, piece, pieces: patterns[pattern] ?? [] };
}
