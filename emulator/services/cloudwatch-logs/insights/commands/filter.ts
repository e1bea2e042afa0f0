import { readExpression } from '../expression';
import type { Command } from '../pipeline';
import { isTrue } from '../value';

/** `filter level = "error" and latency > 5` */
export const filter: Command = ({ scanner }) => {
  const holds = readExpression(scanner);
  return (rows) => rows.filter((row) => isTrue(holds(row)));
};
