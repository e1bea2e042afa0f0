import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import type { Figure, Row } from './row';
import { stopAll } from './servers';

const aside = new Set(['main', 'row', 'servers', 'floor', 'replay', 'upstream', 'measure']);

const names = readdirSync(__dirname)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => basename(file, '.ts'))
  .filter((name) => !aside.has(name));

/** Runs the rows one after the other: figures taken at the same time would measure each other. */
async function main(words: string[]): Promise<void> {
  const { values, positionals: wanted } = parseArgs({
    args: words,
    options: { against: { type: 'string' } },
    allowPositionals: true,
  });
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0)
    throw new Error(`no row is called ${unknown.join(', ')}: ${names.join(', ')}`);
  const other = values.against === undefined ? undefined : { endpoint: values.against };
  print({
    what: 'what',
    figure: 'figure',
    floor: 'floor',
    other: other?.endpoint,
    budget: 'budget',
  });
  for (const name of names.filter((each) => wanted.length === 0 || wanted.includes(each))) {
    const { default: row } = require(`./${name}`) as { default: Row };
    for await (const figure of row({ other })) print(figure);
  }
}

function print({ what, figure, floor = '', other = '', budget = '' }: Figure): void {
  const columns = [what.padEnd(62), figure.padStart(10), floor.padStart(10), other.padStart(24)];
  console.log(`${columns.join('')}  ${budget}`.trimEnd());
}

main(process.argv.slice(2))
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(stopAll);
