import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { coveragePage } from '../bin/coverage-page';
import { Services } from '../emulator/services';
import { emulatedTypes, resourceTypeTable } from '../bin/resource-type-table';

test('docs/coverage.md is what `npm run generate` would write now', async () => {
  const page = readFileSync(join(__dirname, '../docs/coverage.md'), 'utf8');

  expect(page).toBe(coveragePage(await resourceTypeTable(emulatedTypes())));
});

test.each(new Services().cards.map(({ name }) => name))(
  'what %s says that it stores are operations that it has',
  (name) => {
    const { stored = [], handlers = {} } = new Services().load(name)?.definition ?? {};

    expect(stored.filter((operation) => !(operation in handlers))).toEqual([]);
  },
);
