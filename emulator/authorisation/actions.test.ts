import { actionTable, hasActionData } from '../../bin/action-table';
import { actionFacts } from './actions';
import table from './generated/actions.json';

test('the table of actions is what `npm run generate` would write now', () => {
  expect(hasActionData()).toBe(true);
  expect(table).toEqual(actionTable());
});

test.each<[string, ReturnType<typeof actionFacts>]>([
  [
    'sqs:sendmessage',
    {
      resources: ['arn:${Partition}:sqs:${Region}:${Account}:${QueueName}'],
      needsResource: true,
    },
  ],
  ['kms:CreateKey', { resources: [], needsResource: false }],
  ['nosuch:Action', undefined],
])('what %s is about', (action, facts) => {
  expect(actionFacts(action)).toEqual(facts);
});
