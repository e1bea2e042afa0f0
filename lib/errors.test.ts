import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errors, LearnerError } from './errors';

const page = readFileSync(join(__dirname, '..', 'docs', 'errors.md'), 'utf8');
const explained = Array.from(page.matchAll(/^## (\w+)$/gm), ([, code]) => code);

test('every error of the table is explained in docs/errors.md, and none besides', () => {
  expect(new Set(explained)).toEqual(new Set(Object.keys(errors)));
  expect(explained).toHaveLength(Object.keys(errors).length);
});

test('an error says what is wrong, what to type and how the command ends', () => {
  const error = new LearnerError('LAB_NOT_STARTED', ['lab-05', 'emulator']);

  expect(error.message).toBe('lab-05 is not deployed on emulator');
  expect(error.fix).toBe('npm run lab start lab-05');
  expect(error.exit).toBe(2);
});

test('a stack that does not compile is a failure of the work, not of the look', () => {
  expect(new LearnerError('STACK_DOES_NOT_COMPILE', ['stack.ts(3,1): …', 'lab-05']).exit).toBe(1);
});
