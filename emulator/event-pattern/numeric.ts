import { inRange, type Matcher } from './matchers';
import type { Token, Tokens } from './tokens';

/** Reads `["=", 5]` or `[">", 0, "<=", 100]`, its opening bracket already read. */
export function readNumeric(tokens: Tokens): Matcher {
  const first = tokens.next();
  if (first.kind !== 'string')
    tokens.fail(`Invalid member in numeric match: ${tokens.textOf(first)}`);
  const operator = tokens.textOf(first);
  const bound = tokens.next();
  switch (operator) {
    case '=': {
      const value = numberOf(tokens, bound, 'equals');
      closeList(tokens, 'Too many elements in numeric expression');
      return inRange({ bottom: { value, open: false }, top: { value, open: false } });
    }
    case '<':
    case '<=': {
      const value = numberOf(tokens, bound, operator);
      closeList(tokens, 'Too many elements in numeric expression');
      return inRange({ top: { value, open: operator === '<' } });
    }
    case '>':
    case '>=':
      return readFromBottom(tokens, {
        value: numberOf(tokens, bound, operator),
        open: operator === '>',
      });
    default:
      return tokens.fail(`Unrecognized numeric range operator: ${operator}`);
  }
}

function readFromBottom(tokens: Tokens, bottom: { value: number; open: boolean }): Matcher {
  const token = tokens.next();
  if (token.kind === ']') return inRange({ bottom });
  if (token.kind !== 'string') tokens.fail(`Bad value in numeric range: ${tokens.textOf(token)}`);
  const operator = tokens.textOf(token);
  if (operator !== '<' && operator !== '<=') tokens.fail(`Bad numeric range operator: ${operator}`);
  const value = numberOf(tokens, tokens.next(), operator);
  closeList(tokens, 'Too many terms in numeric range expression');
  if (bottom.value >= value) tokens.fail('Bottom must be less than top');
  return inRange({ bottom, top: { value, open: operator === '<' } });
}

function numberOf(tokens: Tokens, token: Token, operator: string): number {
  if (token.kind !== 'number') tokens.fail(`Value of ${operator} must be numeric`);
  return Number(tokens.textOf(token));
}

function closeList(tokens: Tokens, otherwise: string): void {
  if (tokens.next().kind !== ']') tokens.fail(otherwise);
}
