import { emulatedTypes, resourceTypeTable } from '../../bin/resource-type-table';
import table from './generated/resource-types.json';
import { recreationFor } from './resource-types';

test('the table of resource types is what `npm run generate` would write now', async () => {
  expect(table).toEqual(await resourceTypeTable(emulatedTypes()));
});

test('a create-only property asks for a new resource, others do not', () => {
  expect(recreationFor('AWS::SSM::Parameter', 'Name')).toBe('Always');
  expect(recreationFor('AWS::SSM::Parameter', 'Value')).toBe('Never');
});
