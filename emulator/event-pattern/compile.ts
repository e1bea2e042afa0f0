import { checkComplexity } from './complexity';
import { eventBridgeGrammar, type Grammar } from './grammar';
import { equals, type Leaf, type Matcher } from './matchers';
import { readMatchExpression } from './match-expression';
import { type Token, Tokens } from './tokens';

/** What must hold of one object: each field fits, and of each `$or` at least one alternative. */
export interface Pattern {
  fields: Map<string, Pattern | Matcher[]>;
  alternatives: Pattern[][];
}

// Not allowed as field names inside `$or`, some of them for operators to come.
const reserved = new Set([
  'exactly',
  'equals-ignore-case',
  'prefix',
  'suffix',
  'anything-but',
  'exists',
  'wildcard',
  'numeric',
  'cidr',
  '=',
  '<',
  '<=',
  '>',
  '>=',
  'regex',
  'not-wildcard',
  'not-equals-ignore-case',
  'date-after',
  'date-on-or-after',
  'date-before',
  'date-on-or-before',
  'in-date-range',
  'ip-address-in-range',
  'ip-address-not-in-range',
]);

interface Reading {
  tokens: Tokens;
  grammar: Grammar;
  insideOr: boolean;
}

/** Compiles a pattern's text; throws PatternError with the text that AWS gives. */
export function compilePattern(source: string, grammar: Grammar = eventBridgeGrammar): Pattern {
  const tokens = new Tokens(source);
  if (tokens.next().kind !== '{') tokens.fail('Filter is not an object');
  const pattern = readObject({ tokens, grammar, insideOr: false });
  if (grammar.operators.includes('wildcard')) checkComplexity(source);
  return pattern;
}

function readObject(reading: Reading): Pattern {
  const { tokens, insideOr } = reading;
  const pattern: Pattern = { fields: new Map(), alternatives: [] };
  let name = tokens.next();
  if (name.kind === '}') tokens.fail('Empty objects are not allowed');
  for (; name.kind !== '}'; name = tokens.next()) {
    if (name.text === '$or') pattern.alternatives.push(readAlternatives(reading));
    else {
      if (insideOr && reserved.has(name.text))
        tokens.fail(`${name.text} is Ruler reserved fieldName which cannot be used inside $or.`);
      pattern.fields.set(name.text, readField(name.text, reading));
    }
  }
  return pattern;
}

function readField(name: string, reading: Reading): Pattern | Matcher[] {
  const { tokens } = reading;
  const { kind } = tokens.next();
  if (kind === '{') return readObject(reading);
  if (kind === '[') return readMatchers(reading);
  return tokens.fail(`"${name}" must be an object or an array`);
}

function readAlternatives(reading: Reading): Pattern[] {
  const { tokens } = reading;
  if (tokens.next().kind !== '[') tokens.fail('It must be an Array followed with $or.');
  const found: Pattern[] = [];
  for (let token = tokens.next(); token.kind !== ']'; token = tokens.next()) {
    if (token.kind !== '{')
      tokens.fail('Only JSON object is allowed in array of $or relationship.');
    found.push(readObject({ ...reading, insideOr: true }));
  }
  if (found.length < 2) tokens.fail('There must have at least 2 Objects in $or relationship.');
  return found;
}

function readMatchers({ tokens, grammar }: Reading): Matcher[] {
  const found: Matcher[] = [];
  for (let token = tokens.next(); token.kind !== ']'; token = tokens.next())
    found.push(
      token.kind === '{' ? readMatchExpression(tokens, grammar) : equals(leafOf(tokens, token)),
    );
  if (found.length === 0) tokens.fail('Empty arrays are not allowed');
  return found;
}

function leafOf(tokens: Tokens, token: Token): Leaf {
  switch (token.kind) {
    case 'string':
      return tokens.textOf(token);
    case 'number':
    case 'true':
    case 'false':
    case 'null':
      return JSON.parse(tokens.textOf(token)) as Leaf;
    default:
      return tokens.fail('Match value must be String, number, true, false, or null');
  }
}
