import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { coveragePage } from './coverage-page';
import { emulatedTypes, resourceTypeTable } from './resource-type-table';

const file = join(__dirname, '../emulator/cloudformation/generated/resource-types.json');
const page = join(__dirname, '../docs/coverage.md');

/**
 * Writes what AWS's own schemas say of the emulated CloudFormation types, so that nobody loads them,
 * and the page that tells what is emulated.
 */
async function generate(): Promise<void> {
  const table = await resourceTypeTable(emulatedTypes());
  const options = await resolveConfig(file);
  writeFileSync(file, await format(JSON.stringify(table), { ...options, parser: 'json' }));
  writeFileSync(page, coveragePage(table));
  console.log(`${Object.keys(table).length} resource types → ${file}, ${page}`);
}

void generate();
