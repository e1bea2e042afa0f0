import { differencesBetween } from './compare';

const told = (expected: object, actual: object): string[] =>
  differencesBetween({ ...expected }, { ...actual }).map(
    ({ DifferenceType: type, PropertyPath: path, ExpectedValue: from, ActualValue: to }) =>
      `${type} ${path} ${from} -> ${to}`,
  );

// What counts: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/detect-drift-stack.html
// Types and paths: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_PropertyDifference.html
const changes: [what: string, sides: [expected: object, actual: object], differences: string[]][] =
  [
    ['a changed value', [{ A: 1 }, { A: 2 }], ['NOT_EQUAL /A 1 -> 2']],
    ['a value that is gone', [{ A: 1 }, {}], ['REMOVE /A 1 -> null']],
    ['a nested value', [{ A: { B: 'x' } }, { A: { B: 'y' } }], ['NOT_EQUAL /A/B x -> y']],
    ['a name with a slash', [{ A: { 'b/c': 1 } }, { A: {} }], ['REMOVE /A/b~1c 1 -> null']],
    ['an item more', [{ A: ['x'] }, { A: ['x', 'y'] }], ['ADD /A/1 null -> y']],
    ['an item less', [{ A: ['x', 'y'] }, { A: ['y'] }], ['REMOVE /A/0 x -> null']],
    ['another item', [{ A: ['x', 'y'] }, { A: ['y', 'z'] }], ['NOT_EQUAL /A/0 x -> z']],
    [
      'an item of a document',
      [
        { PolicyDocument: { Statement: [{ Sid: 'a', Action: 's3:*' }] } },
        { PolicyDocument: { Statement: [{ Sid: 'a', Action: ['s3:*'], Condition: { x: 1 } }] } },
      ],
      ['ADD /PolicyDocument/Statement/0/Condition null -> {"x":1}'],
    ],
  ];

test.each(changes)('%s is told with its path', (_what, sides, differences) => {
  expect(told(...sides)).toEqual(differences);
});

test.each([
  ['a property that the template leaves open', {}, { A: 1 }],
  ['a nested member that the template leaves open', { A: { B: 1 } }, { A: { B: 1, C: 2 } }],
  ['a number written as text', { A: '22', B: true }, { A: 22, B: 'true' }],
  ['the order of a list', { A: ['x', { B: 1 }] }, { A: [{ B: 1, C: 2 }, 'x'] }],
  ['a list of one written as its item', { A: 'x' }, { A: ['x'] }],
  ['a document kept as text', { A: { B: [1] } }, { A: '{"B":1}' }],
  ['nothing at all', { A: '', B: [], C: {} }, {}],
])('%s is no difference', (_what, expected, actual) => {
  expect(told(expected, actual)).toEqual([]);
});
