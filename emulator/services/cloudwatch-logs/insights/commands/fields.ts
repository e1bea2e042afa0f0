import type { Command, Stage } from '../pipeline';
import { type Column, readColumns } from './columns';

/** `fields a, b as c`: columns beside those that are there. */
export const fields: Command = (pipeline) => {
  const columns = readColumns(pipeline.scanner);
  pipeline.columns.push(...columns.map(({ name }) => name));
  return computing(columns);
};

/** `display a, b`: the only columns to show; the last one counts. */
export const display: Command = (pipeline) => {
  const columns = readColumns(pipeline.scanner);
  pipeline.displayed = columns.map(({ name }) => name);
  return computing(columns);
};

const computing =
  (columns: Column[]): Stage =>
  (rows) => {
    for (const row of rows) for (const { name, read } of columns) row.set(name, read(row));
    return rows;
  };
