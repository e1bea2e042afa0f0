import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { coveragePage } from '../bin/coverage-page';
import { emulatedTypes, resourceTypeTable } from '../bin/resource-type-table';

test('docs/coverage.md is what `npm run generate` would write now', async () => {
  const page = readFileSync(join(__dirname, '../docs/coverage.md'), 'utf8');

  expect(page).toBe(coveragePage(await resourceTypeTable(emulatedTypes())));
});
