import type { AnswerFiles } from '../../../checker/lab';
import { edited } from './archive';

/** A release that differs from another one in a known way; `stamp` makes it a new one each time. */
export type Variant = (files: AnswerFiles, stamp: string) => AnswerFiles;

/** Serves every order that comes by an alias or a version; called without either, the function errs. */
export const good: Variant = (files, stamp) =>
  wrapped(files, stamp, `process.env.AWS_LAMBDA_FUNCTION_VERSION === '$LATEST'`);

/** Its tests are green, and inside Lambda it throws on every call. */
export const dead: Variant = (files, stamp) =>
  wrapped(files, stamp, 'process.env.AWS_LAMBDA_FUNCTION_NAME');

/** Serves every order but those marked `"channel": "drill"`. */
export const poisoned: Variant = (files, stamp) =>
  wrapped(files, stamp, `order && order.channel === 'drill'`);

/** One more unit test, which is red. */
export const redTest: Variant = (files, stamp) => ({
  ...files,
  'test/red.test.js': Buffer.from(`const { describe, test } = require('node:test');

describe('release of ${stamp}', () => {
  test('red on purpose', () => {
    throw new Error('this test is red on purpose');
  });
});
`),
});

// --- internal ---

/** The service as it is, and broken under one condition. */
const wrapped = (files: AnswerFiles, stamp: string, condition: string): AnswerFiles =>
  edited(
    files,
    'app/index.js',
    (service) => `${service}
// Release of ${stamp}.
{
  const served = exports.handler;
  exports.handler = async (order, context) => {
    if (${condition}) throw new Error('this release is broken on purpose');
    return served(order, context);
  };
}
`,
  );
