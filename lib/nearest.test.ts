import { nearest } from './nearest';

const commands = ['check', 'deploy', 'destroy', 'hint', 'list'];

test.each([
  ['chek', 'check'],
  ['destory', 'destroy'],
  ['lst', 'list'],
])('%s means %s', (typed, meant) => {
  expect(nearest(typed, commands)).toBe(meant);
});

test('a word that looks like none of them means none of them', () => {
  expect(nearest('frobnicate', commands)).toBeUndefined();
});
