import { type Expression, readExpression } from '../expression';
import type { Command } from '../pipeline';
import type { Row } from '../row';
import type { Scanner } from '../scanner';
import { compareValues } from '../value';

interface Key {
  read: Expression;
  sign: 1 | -1;
}

/** `sort latency desc, @timestamp`; what is not there comes last either way. */
export const sort: Command = ({ scanner }) => {
  const keys = [readKey(scanner)];
  while (scanner.take(',')) keys.push(readKey(scanner));
  return (rows) => rows.toSorted((one, other) => compare(keys, one, other));
};

function readKey(scanner: Scanner): Key {
  const read = readExpression(scanner);
  if (scanner.take('desc')) return { read, sign: -1 };
  scanner.take('asc');
  return { read, sign: 1 };
}

function compare(keys: Key[], one: Row, other: Row): number {
  for (const { read, sign } of keys) {
    const [left, right] = [read(one), read(other)];
    const order = compareValues(left, right);
    if (order !== 0) return left === undefined || right === undefined ? order : order * sign;
  }
  return 0;
}
