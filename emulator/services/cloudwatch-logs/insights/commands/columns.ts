import { type AggregateSlots, type Expression, readExpression } from '../expression';
import { fieldName, type Scanner } from '../scanner';

export interface Column {
  name: string;
  read: Expression;
}

/** `a, abs(b) as c`: expressions with their names, which are their own texts unless told. */
export function readColumns(scanner: Scanner, slots?: AggregateSlots): Column[] {
  const columns = [readColumn(scanner, slots)];
  while (scanner.take(',')) columns.push(readColumn(scanner, slots));
  return columns;
}

function readColumn(scanner: Scanner, slots: AggregateSlots): Column {
  const first = scanner.peek();
  const read = readExpression(scanner, slots);
  const text = scanner.textSince(first).replaceAll('`', '');
  return { read, name: scanner.take('as') ? readName(scanner) : text };
}

export function readName(scanner: Scanner): string {
  if (scanner.peek().kind !== 'word') throw scanner.unexpected();
  return fieldName(scanner.next());
}

export function readNames(scanner: Scanner): string[] {
  const names = [readName(scanner)];
  while (scanner.take(',')) names.push(readName(scanner));
  return names;
}
