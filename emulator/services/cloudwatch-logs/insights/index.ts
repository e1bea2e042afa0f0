import { awsError } from '../../../errors';
import { commands, refusedCommands } from './commands';
import { malformed } from './malformed';
import type { Pipeline, Stage } from './pipeline';
import { Row, type Source } from './row';
import { Scanner } from './scanner';
import { toText } from './value';

export type { Source } from './row';

interface Cell {
  field: string;
  value: string;
}

/** A query that can be run over events. */
export interface CompiledQuery {
  /** Events are the newest first; `matched` is how many were left before the first `stats`. */
  run(events: Source[], limit: number): { results: Cell[][]; matched: number };
}

const defaultColumns = ['@timestamp', '@message'];

/**
 * Compiles a query in the language of Logs Insights; throws AWS's MalformedQueryException.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 */
export function compileQuery(query: string): CompiledQuery {
  const scanner = new Scanner(query);
  const pipeline: Pipeline = {
    scanner,
    columns: [],
    aggregations: 0,
    isDeduplicated: false,
  };
  const stages = readStages(pipeline);
  return { run: (events, limit) => run(pipeline, stages, { events, limit }) };
}

interface NamedStage {
  name: string;
  run: Stage;
}

function readStages(pipeline: Pipeline): NamedStage[] {
  const { scanner } = pipeline;
  const stages: NamedStage[] = [];
  if (scanner.peek().kind === 'end') throw malformed('unexpected end of input');
  do stages.push(readStage(pipeline));
  while (scanner.take('|'));
  if (scanner.peek().kind !== 'end') throw scanner.unexpected();
  return stages;
}

function readStage(pipeline: Pipeline): NamedStage {
  const { scanner, isDeduplicated } = pipeline;
  const token = scanner.next();
  const name = token.text.toLowerCase();
  if (token.kind === 'word' && refusedCommands.includes(name))
    throw awsError('InvalidParameterException', `the query command ${name} is not emulated`);
  const command = token.kind === 'word' ? commands[name] : undefined;
  if (!command || (isDeduplicated && name !== 'limit')) throw scanner.unexpected(token);
  return { name, run: command(pipeline) };
}

function run(
  { columns, displayed, aggregations }: Pipeline,
  stages: NamedStage[],
  { events, limit }: { events: Source[]; limit: number },
) {
  let rows = events.map((event) => new Row(event));
  let matched: number | undefined;
  for (const stage of stages) {
    if (stage.name === 'stats') matched ??= rows.length;
    rows = stage.run(rows);
  }
  matched ??= rows.length;
  const shown = displayed ?? (columns.length > 0 ? columns : defaultColumns);
  const all = aggregations > 0 ? shown : [...shown, '@ptr'];
  return { matched, results: rows.slice(0, limit).map((row) => cellsOf(row, [...new Set(all)])) };
}

/** A field that is not there has no cell. */
const cellsOf = (row: Row, columns: string[]): Cell[] =>
  columns.flatMap((field) => {
    const value = row.get(field);
    return value === undefined ? [] : [{ field, value: toText(value) }];
  });
