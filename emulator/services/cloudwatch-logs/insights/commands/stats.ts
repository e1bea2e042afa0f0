import type { Aggregate } from '../aggregates';
import { slotName } from '../expression';
import { malformed } from '../malformed';
import type { Command } from '../pipeline';
import { Row } from '../row';
import { toText } from '../value';
import { type Column, readColumns } from './columns';

const mostStats = 2;

/** `stats avg(latency), count(*) as n by status, bin(5m)` */
export const stats: Command = (pipeline) => {
  const slots: Aggregate[] = [];
  const columns = readColumns(pipeline.scanner, slots);
  const keys = pipeline.scanner.take('by') ? readColumns(pipeline.scanner) : [];
  pipeline.aggregations += 1;
  if (pipeline.aggregations > mostStats)
    // The text was not verified.
    throw malformed(`a query can have at most ${mostStats} stats commands`);
  // AWS shows what it groups by before what it counts.
  pipeline.columns = [...keys, ...columns].map(({ name }) => name);
  delete pipeline.displayed;
  for (const name of pipeline.columns) if (name.endsWith(')')) pipeline.scanner.columns.add(name);
  return (rows) => groupsOf(rows, keys).map((group) => aggregated(group, { keys, columns, slots }));
};

function groupsOf(rows: Row[], keys: Column[]): Row[][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const values = keys.map(({ read }) => read(row));
    const key = JSON.stringify(values.map(toText));
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups.size === 0 && keys.length === 0 ? [[]] : [...groups.values()];
}

interface Aggregation {
  keys: Column[];
  columns: Column[];
  slots: Aggregate[];
}

function aggregated(rows: Row[], { keys, columns, slots }: Aggregation): Row {
  const result = new Row();
  const [first] = rows;
  if (first) for (const { name, read } of keys) result.set(name, read(first));
  for (const [index, aggregate] of slots.entries()) result.set(slotName(index), aggregate(rows));
  for (const { name, read } of columns) result.set(name, read(result));
  return result;
}
