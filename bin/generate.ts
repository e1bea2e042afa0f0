import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { actionTable, hasActionData } from './action-table';
import { coveragePage } from './coverage-page';
import { emulatedTypes, resourceTypeTable } from './resource-type-table';

const file = join(__dirname, '../emulator/cloudformation/generated/resource-types.json');
const actionsFile = join(__dirname, '../emulator/authorisation/generated/actions.json');
const page = join(__dirname, '../docs/coverage.md');

/**
 * Writes what AWS's own schemas say of the emulated CloudFormation types, so that nobody loads them,
 * which resources each IAM action is about, and the page that tells what is emulated.
 */
async function generate(): Promise<void> {
  const table = await resourceTypeTable(emulatedTypes());
  await writeTable(file, table);
  if (hasActionData()) await writeTable(actionsFile, actionTable());
  else console.warn(`${actionsFile} stays as it is: npm ci brings what it is made of`);
  writeFileSync(page, coveragePage(table));
  console.log(`${Object.keys(table).length} resource types → ${file}, ${page}`);
}

async function writeTable(name: string, table: object): Promise<void> {
  const options = await resolveConfig(name);
  writeFileSync(name, await format(JSON.stringify(table), { ...options, parser: 'json' }));
}

void generate();
