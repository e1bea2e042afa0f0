import type { Command } from '../pipeline';
import { toText } from '../value';
import { readNames } from './columns';

/** `dedup server`: the first row of each value; rows without one all stay. */
export const dedup: Command = (pipeline) => {
  const names = readNames(pipeline.scanner);
  pipeline.isDeduplicated = true;
  return (rows) => {
    const seen = new Set<string>();
    return rows.filter((row) => {
      const values = names.map((name) => row.get(name));
      if (values.includes(undefined)) return true;
      const key = JSON.stringify(values.map(toText));
      const isNew = !seen.has(key);
      seen.add(key);
      return isNew;
    });
  };
};
