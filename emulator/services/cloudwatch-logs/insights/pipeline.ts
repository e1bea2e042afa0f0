import type { Row } from './row';
import type { Scanner } from './scanner';

/** What a command does with the rows of the one before it. */
export type Stage = (rows: Row[]) => Row[];

/** A query while its commands are read. */
export interface Pipeline {
  scanner: Scanner;
  /** Columns that `fields` and `parse` name, or that `stats` makes. */
  columns: string[];
  /** Columns of the last `display`. */
  displayed?: string[];
  /** How many `stats` there were. */
  aggregations: number;
  /** After `dedup` only `limit` may come. */
  isDeduplicated: boolean;
}

/** Reads what stands behind a command's name. */
export type Command = (pipeline: Pipeline) => Stage;
