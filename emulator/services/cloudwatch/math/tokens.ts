/** A piece of an expression. */
export interface Token {
  kind: 'number' | 'name' | 'text' | 'symbol' | 'end';
  text: string;
}

/** An expression that cannot be read or worked out; the message says why. */
export class MathError extends Error {}

const pattern =
  /\s*(?:(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)|([A-Za-z_][A-Za-z0-9_]*)|"([^"]*)"|'([^']*)'|(==|!=|<=|>=|&&|\|\||[-+*/^()[\],<>]))/y;

/** Takes an expression apart; throws MathError at the first character that belongs nowhere. */
export function tokensOf(expression: string): Token[] {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  const end = expression.trimEnd().length;
  while (pattern.lastIndex < end) {
    const at = pattern.lastIndex;
    const match = pattern.exec(expression);
    if (!match) throw new MathError(`Unexpected character at position ${at}`);
    tokens.push(tokenOf(match));
  }
  return [...tokens, { kind: 'end', text: '' }];
}

function tokenOf([, number, name, double, single, symbol = '']: RegExpExecArray): Token {
  if (number !== undefined) return { kind: 'number', text: number };
  if (name !== undefined) return { kind: 'name', text: name };
  const text = double ?? single;
  return text === undefined ? { kind: 'symbol', text: symbol } : { kind: 'text', text };
}
