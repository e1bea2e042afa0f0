import type { Command } from '../pipeline';
import { dedup } from './dedup';
import { display, fields } from './fields';
import { filter } from './filter';
import { limit } from './limit';
import { parse } from './parse';
import { sort } from './sort';
import { stats } from './stats';
import { table } from '../../../../table';

/** Commands by name; `order` and `head` are older names. */
export const commands: Record<string, Command | undefined> = table({
  fields,
  display,
  filter,
  stats,
  sort,
  order: sort,
  limit,
  head: limit,
  parse,
  dedup,
});

/** Commands that AWS knows and that are refused by name. */
export const refusedCommands = [
  'anomaly',
  'diff',
  'filterindex',
  'join',
  'lookup',
  'pattern',
  'source',
  'subquery',
  'tail',
  'union',
  'unmask',
  'unnest',
];
