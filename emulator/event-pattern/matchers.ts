import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { PatternError } from './pattern-error';

/** A value of an event that is neither object nor array. */
export type Leaf = string | number | boolean | null;

/** Does a value of the event fit? `absent` fits an event that has no value at that path. */
export type Matcher = ((value: Leaf) => boolean) | 'absent';

type TextTest = (value: string) => boolean;

/** A matcher that no number, boolean or null fits. */
export const ofText =
  (test: TextTest): Matcher =>
  (value) =>
    typeof value === 'string' && test(value);

export const equals =
  (wanted: Leaf): Matcher =>
  (value) =>
    value === wanted;

/** Fits whatever is not text and all text that none of the tests accepts. */
export const anythingBut =
  (tests: readonly TextTest[]): Matcher =>
  (value) =>
    typeof value !== 'string' || !tests.some((test) => test(value));

export const anythingButValues =
  (values: readonly Leaf[]): Matcher =>
  (value) =>
    !values.includes(value);

/** Tests of text by the operator's name in a pattern. */
export const textTests = {
  prefix:
    (wanted: string): TextTest =>
    (value) =>
      value.startsWith(wanted),
  suffix:
    (wanted: string): TextTest =>
    (value) =>
      value.endsWith(wanted),
  'equals-ignore-case': (wanted: string): TextTest => {
    const lower = wanted.toLowerCase();
    return (value) => value.toLowerCase() === lower;
  },
  wildcard: (wanted: string): TextTest => {
    const expression = wildcardExpression(wanted);
    return (value) => expression.test(value);
  },
};

export type TextOperator = keyof typeof textTests;

/** `{"prefix": {"equals-ignore-case": "…"}}`, and the same for suffix. */
export const textTestsIgnoringCase = {
  prefix: (wanted: string): TextTest => {
    const lower = wanted.toLowerCase();
    return (value) => value.toLowerCase().startsWith(lower);
  },
  suffix: (wanted: string): TextTest => {
    const lower = wanted.toLowerCase();
    return (value) => value.toLowerCase().endsWith(lower);
  },
};

/** Positions count the quote that AWS's compiler puts before the text. */
function wildcardExpression(wanted: string): RegExp {
  const expression = wanted.replace(/\\[\s\S]?|\*\*?|[^\\*]/gu, (piece: string, at: number) => {
    if (piece === '**') throw new PatternError(`Consecutive wildcard characters at pos ${at + 1}`);
    if (piece === '*') return '[\\s\\S]*';
    if (!piece.startsWith('\\')) return escapeCharacter(piece);
    if (piece === '\\*' || piece === '\\\\') return piece;
    throw new PatternError(`Invalid escape character at pos ${at + 1}`);
  });
  return new RegExp(`^${expression}$`);
}

const escapeCharacter = (character: string): string =>
  character.replace(/[\\^$.|?+()[\]{}/-]/, '\\$&');

/** Bounds of a numeric expression, each with whether it belongs to the range. */
export interface Range {
  bottom?: { value: number; open: boolean };
  top?: { value: number; open: boolean };
}

export const inRange =
  ({ bottom, top }: Range): Matcher =>
  (value) =>
    typeof value === 'number' && isAbove(value, bottom) && isBelow(value, top);

const isAbove = (value: number, bottom: Range['bottom']): boolean =>
  !bottom || value > bottom.value || (!bottom.open && value === bottom.value);

const isBelow = (value: number, top: Range['top']): boolean =>
  !top || value < top.value || (!top.open && value === top.value);

/** Fits addresses in the block; texts of its errors name no place. */
export function inBlock(cidr: string): Matcher {
  const parts = cidr.split('/');
  const [address = '', bits = ''] = parts;
  if (parts.length !== 2) throw new PatternError("Malformed CIDR, one '/' required");
  const prefix = prefixOf(bits);
  const family = familyOf(address);
  if (!family) throw new PatternError(`Nonstandard IP address: ${address}`);
  if (family === 'ipv4' && prefix > 31) throw new PatternError('IPv4 mask bits must be < 32');
  if (prefix > 127) throw new PatternError('IPv6 mask bits must be < 128');
  const block = new BlockList();
  block.addSubnet(address, prefix, family);
  return ofText((value) => familyOf(value) === family && block.check(value, family));
}

function prefixOf(bits: string): number {
  if (!/^-?\d+$/.test(bits)) throw new PatternError('Malformed CIDR, mask bits must be an integer');
  const prefix = Number(bits);
  if (prefix < 0) throw new PatternError('Malformed CIDR, mask bits must not be negative');
  return prefix;
}

const familyOf = (address: string): 'ipv4' | 'ipv6' | undefined =>
  isIPv4(address) ? 'ipv4' : isIPv6(address) ? 'ipv6' : undefined;
