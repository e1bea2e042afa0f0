import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import type { Row } from './row';
import { stopAll } from './servers';

const aside = new Set(['main', 'row', 'servers', 'floor', 'replay', 'upstream', 'measure']);

const names = readdirSync(__dirname)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => basename(file, '.ts'))
  .filter((name) => !aside.has(name));

/** Runs the rows one after the other: figures taken at the same time would measure each other. */
async function main(wanted: string[]): Promise<void> {
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0)
    throw new Error(`no row is called ${unknown.join(', ')}: ${names.join(', ')}`);
  console.log(`${'what'.padEnd(52)}${'figure'.padStart(14)}${'floor'.padStart(14)}  budget`);
  for (const name of names.filter((each) => wanted.length === 0 || wanted.includes(each))) {
    const { default: row } = require(`./${name}`) as { default: Row };
    for await (const { what, figure, floor = '', budget = '' } of row())
      console.log(`${what.padEnd(52)}${figure.padStart(14)}${floor.padStart(14)}  ${budget}`);
  }
}

main(process.argv.slice(2))
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(stopAll);
