import { readAnythingBut } from './anything-but';
import type { Grammar } from './grammar';
import { inBlock, type Matcher, ofText, textTests, textTestsIgnoringCase } from './matchers';
import { readNumeric } from './numeric';
import type { Token, Tokens } from './tokens';
import { orFailHere } from './fail-here';
import { table } from '../table';

const onlyOneKey = 'Only one key allowed in match expression';

type Reader = (tokens: Tokens, grammar: Grammar) => Matcher;

const readers: Record<string, Reader> = table({
  prefix: (tokens, grammar) => readAffix(tokens, 'prefix', grammar),
  suffix: (tokens, grammar) => readAffix(tokens, 'suffix', grammar),
  'equals-ignore-case': (tokens) =>
    readText(tokens, 'equals-ignore-case', (text) => ofText(textTests['equals-ignore-case'](text))),
  wildcard: (tokens) =>
    readText(tokens, 'wildcard', (text) =>
      orFailHere(tokens, () => ofText(textTests.wildcard(text))),
    ),
  // AWS says "prefix" here too.
  cidr: (tokens) => readText(tokens, 'prefix', inBlock),
  exists: readExists,
  'anything-but': readAnythingBut,
  numeric(tokens) {
    if (tokens.next().kind !== '[') tokens.fail('Value of numeric must be an array.');
    const matcher = readNumeric(tokens);
    close(tokens, 'Too many elements in numeric expression');
    return matcher;
  },
});

/** Reads `{"<operator>": …}`, its opening brace already read. */
export function readMatchExpression(tokens: Tokens, grammar: Grammar): Matcher {
  const name = tokens.next();
  if (name.kind !== 'name') tokens.fail('Match expression name not found');
  const read = grammar.operators.includes(name.text) ? readers[name.text] : undefined;
  if (read) return read(tokens, grammar);
  // AWS's SNS looks at the value before it tells.
  return tokens.fail(`Unrecognized match type ${name.text}`);
}

function readText(tokens: Tokens, name: string, make: (text: string) => Matcher): Matcher {
  return finishText(tokens, tokens.next(), { name, make });
}

function finishText(
  tokens: Tokens,
  token: Token,
  { name, make }: { name: string; make: (text: string) => Matcher },
): Matcher {
  if (token.kind !== 'string') tokens.fail(`${name} match pattern must be a string`);
  const matcher = make(tokens.textOf(token));
  close(tokens, onlyOneKey);
  return matcher;
}

function readAffix(tokens: Tokens, affix: 'prefix' | 'suffix', grammar: Grammar): Matcher {
  const token = tokens.next();
  if (token.kind === '{' && grammar.affixesIgnoringCase) return readIgnoringCase(tokens, affix);
  return finishText(tokens, token, {
    name: affix,
    make: (text) => ofText(textTests[affix](text)),
  });
}

function readIgnoringCase(tokens: Tokens, affix: 'prefix' | 'suffix'): Matcher {
  const name = tokens.next();
  const title = affix === 'prefix' ? 'Prefix' : 'Suffix';
  if (name.kind !== 'name') tokens.fail(`${title} expression name not found`);
  if (name.text !== 'equals-ignore-case') tokens.fail(`Unsupported ${affix} pattern: ${name.text}`);
  const matcher = readText(tokens, 'equals-ignore-case', (text) =>
    ofText(textTestsIgnoringCase[affix](text)),
  );
  close(tokens, onlyOneKey);
  return matcher;
}

function readExists(tokens: Tokens): Matcher {
  const { kind } = tokens.next();
  if (kind !== 'true' && kind !== 'false')
    tokens.fail('exists match pattern must be either true or false.');
  close(tokens, onlyOneKey);
  return kind === 'true' ? () => true : 'absent';
}

function close(tokens: Tokens, otherwise: string): void {
  if (tokens.next().kind !== '}') tokens.fail(otherwise);
}
