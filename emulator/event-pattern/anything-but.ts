import {
  anythingBut,
  anythingButValues,
  type Matcher,
  type TextOperator,
  textTests,
} from './matchers';
import type { Grammar } from './grammar';
import type { Token, Tokens } from './tokens';
import { orFailHere } from './fail-here';

const tooMany = 'Too many elements in numeric expression';
const wholeValue = 'Value of anything-but must be an array or single string/number value.';
const plainList = 'Inside anything but list, start|null|boolean is not supported.';

const mustBeText: Record<TextOperator, string> = {
  prefix: 'prefix/suffix match pattern must be a string',
  suffix: 'prefix/suffix match pattern must be a string',
  wildcard: 'wildcard match pattern must be a string',
  'equals-ignore-case':
    'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
};

/** Reads what stands behind `"anything-but":` and the brace that closes the expression. */
export function readAnythingBut(tokens: Tokens, grammar: Grammar): Matcher {
  const first = tokens.next();
  if (first.kind === '{') return readNested(tokens, grammar);
  const values = readValues(tokens, first, readPlainValue);
  if (first.kind === '[' && !ofOneKind(values))
    tokens.fail(
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    );
  closeObject(tokens);
  return anythingButValues(values);
}

function readNested(tokens: Tokens, grammar: Grammar): Matcher {
  const name = tokens.next();
  if (name.kind !== 'name') tokens.fail('Anything-But expression name not found');
  const operator = name.text;
  if (!isTextOperator(operator) || !grammar.anythingBut.includes(operator))
    return tokens.fail(`Unsupported anything-but pattern: ${operator}`);
  const tests = readValues(tokens, tokens.next(), (token) =>
    readTest(tokens, { operator, token, grammar }),
  );
  closeObject(tokens);
  closeObject(tokens);
  return anythingBut(tests);
}

function readValues<T>(tokens: Tokens, first: Token, read: (token: Token, tokens: Tokens) => T) {
  if (first.kind === 'string' || first.kind === 'number') return [read(first, tokens)];
  if (first.kind !== '[') return tokens.fail(wholeValue);
  const values: T[] = [];
  for (let token = tokens.next(); token.kind !== ']'; token = tokens.next())
    values.push(read(token, tokens));
  return values;
}

function readPlainValue(token: Token, tokens: Tokens): string | number {
  if (token.kind === 'string') return tokens.textOf(token);
  if (token.kind === 'number') return Number(tokens.textOf(token));
  return tokens.fail(plainList);
}

function readTest(
  tokens: Tokens,
  { operator, token, grammar }: { operator: TextOperator; token: Token; grammar: Grammar },
) {
  if (token.kind !== 'string') tokens.fail(grammar.anythingButMustBeText ?? mustBeText[operator]);
  const text = tokens.textOf(token);
  if (text === '' && (operator === 'prefix' || operator === 'suffix'))
    tokens.fail('Null prefix/suffix not allowed');
  return orFailHere(tokens, () => textTests[operator](text));
}

const isTextOperator = (name: string): name is TextOperator => name in textTests;

const ofOneKind = (values: readonly unknown[]): boolean =>
  new Set(values.map((value) => typeof value)).size === 1;

function closeObject(tokens: Tokens): void {
  if (tokens.next().kind !== '}') tokens.fail(tooMany);
}
