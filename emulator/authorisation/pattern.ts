import { table } from '../table';

/** Condition keys in lower case with their values. */
export type Context = ReadonlyMap<string, readonly string[]>;

/** How a pattern of a policy is read. */
export interface Reading {
  /** Where variables come from; without it `${…}` is plain text. */
  variables?: Context | undefined;
  ignoreCase?: boolean;
  /** False where `*` and `?` mean themselves, as in StringEquals. */
  wildcards?: boolean;
}

const any = Symbol('*');
const one = Symbol('?');
type Token = string | symbol;

/** Does the value match the pattern, wildcards and policy variables considered? */
export function matches(pattern: string, value: string, reading: Reading = {}): boolean {
  const folded = fold(value, reading);
  const special = pattern.search(/[*?$]/);
  // Policies of AWS list hundreds of actions: nearly all of them end here.
  if (special < 0) return fold(pattern, reading) === folded;
  if (!folded.startsWith(fold(pattern.slice(0, special), reading))) return false;
  const tokens = tokensOf(pattern, reading);
  return tokens !== undefined && accepts(tokens, folded);
}

/** As `matches`, but a wildcard does not reach beyond its own segment of an ARN. */
export function matchesArn(pattern: string, arn: string, reading: Reading = {}): boolean {
  if (pattern === '*') return true;
  const tokens = tokensOf(pattern, reading);
  if (!tokens) return false;
  const wanted = segments(tokens);
  // AWS completes a shorter ARN with wildcards.
  while (wanted.length < arnSegments) wanted.push([any]);
  const given = segments(Array.from(fold(arn, reading)));
  return (
    given.length === arnSegments &&
    wanted.every((segment, index) => accepts(segment, (given[index] ?? []).join('')))
  );
}

/** Names of the variables in a pattern: `${aws:username}`, also with a default value. */
export const variablesIn = (pattern: string): string[] =>
  Array.from(pattern.matchAll(variable), ([, name = '']) => keyOf(name)).filter(
    (name) => !(name in escapes),
  );

const arnSegments = 6;
const variable = /\$\{([^}]*)\}/g;
const escapes: Record<string, string> = table({ '*': '*', '?': '?', $: '$' });

const keyOf = (name: string): string => (name.split(',')[0] ?? '').trim();

const fold = (text: string, { ignoreCase = false }: Reading): string =>
  ignoreCase ? text.toLowerCase() : text;

/** `undefined` when a variable has no value: such a pattern matches nothing. */
function tokensOf(pattern: string, reading: Reading): Token[] | undefined {
  const tokens: Token[] = [];
  let from = 0;
  if (reading.variables) {
    for (const found of pattern.matchAll(variable)) {
      const value = valueOf(found[1] ?? '', reading.variables);
      if (value === undefined) return undefined;
      tokens.push(...wildcardsOf(pattern.slice(from, found.index), reading));
      tokens.push(...Array.from(fold(value, reading)));
      from = found.index + found[0].length;
    }
  }
  return [...tokens, ...wildcardsOf(pattern.slice(from), reading)];
}

function valueOf(name: string, context: Context): string | undefined {
  const key = keyOf(name);
  const byDefault = /,\s*'([^']*)'/.exec(name)?.[1];
  const values = context.get(key.toLowerCase());
  // A key with several values cannot stand for one text.
  return escapes[key] ?? (values?.length === 1 ? values[0] : byDefault);
}

function wildcardsOf(text: string, reading: Reading): Token[] {
  const characters = Array.from(fold(text, reading));
  if (reading.wildcards === false) return characters;
  return characters.map((character) =>
    character === '*' ? any : character === '?' ? one : character,
  );
}

function segments(tokens: Token[]): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (token === ':' && parts.length < arnSegments) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** Linear in practice: goes back to the last `*` only, so no pattern can stall the emulator. */
function accepts(tokens: Token[], value: string): boolean {
  const characters = Array.from(value);
  let token = 0;
  let position = 0;
  let star = -1;
  let retry = 0;
  while (position < characters.length) {
    if (tokens[token] === any) {
      star = token;
      retry = position;
      token += 1;
    } else if (tokens[token] === one || tokens[token] === characters[position]) {
      token += 1;
      position += 1;
    } else if (star >= 0) {
      retry += 1;
      position = retry;
      token = star + 1;
    } else return false;
  }
  return tokens.slice(token).every((rest) => rest === any);
}
