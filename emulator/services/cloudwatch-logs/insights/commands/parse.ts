import type { Expression } from '../expression';
import { malformed } from '../malformed';
import type { Command } from '../pipeline';
import { compileRegex } from '../regex';
import { type Scanner, unquote } from '../scanner';
import { toText } from '../value';
import { readName, readNames } from './columns';

/** `parse @message "user=*, *" as user, rest`, or a regular expression with named groups. */
export const parse: Command = (pipeline) => {
  const { scanner } = pipeline;
  const read = readSource(scanner);
  const source = scanner.takeRegex();
  const { expression, names } = source === undefined ? readGlob(scanner) : byRegex(source, scanner);
  pipeline.columns.push(...names);
  return (rows) => {
    for (const row of rows) {
      const found = expression.exec(toText(read(row)));
      if (found) for (const [index, name] of names.entries()) row.set(name, found[index + 1]);
    }
    return rows;
  };
};

/** The message, when no field is named. A slash behind a field opens an expression. */
function readSource(scanner: Scanner): Expression {
  if (scanner.isRegexNext() || scanner.peek().kind !== 'word') return (row) => row.get('@message');
  const name = readName(scanner);
  return (row) => row.get(name);
}

interface Extraction {
  expression: RegExp;
  /** Of the groups, in order. */
  names: string[];
}

function byRegex(source: string, scanner: Scanner): Extraction {
  const names = [...source.matchAll(/\(\?<([A-Za-z]\w*)>/g)].map(([, name = '']) => name);
  if (names.length === 0) throw scanner.unexpected();
  // Groups without a name must not count.
  const only = source.replaceAll(/(?<!\\)\((?!\?)/g, '(?:');
  return { expression: compileRegex(only), names };
}

function readGlob(scanner: Scanner): Extraction {
  const token = scanner.peek();
  if (token.kind !== 'string') throw scanner.unexpected();
  const parts = unquote(scanner.next()).split('*');
  scanner.expect('as');
  const names = readNames(scanner);
  if (names.length !== parts.length - 1)
    // The text was not verified.
    throw malformed('Wildcards in parse must be as many as the fields behind as', token.start);
  return { expression: globExpression(parts), names };
}

/** A wildcard takes as little as it can; the last one, when it ends the pattern, all the rest. */
function globExpression(parts: string[]): RegExp {
  const escaped = parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const end = parts.at(-1) === '' ? '$' : '';
  return new RegExp(escaped.join('(.*?)') + end, 's');
}
