'use strict';
// Where a function's files lie on AWS: `/var/task`, `/opt`, and the runtime itself.
const { existsSync, realpathSync } = require('node:fs');
const { dirname, join } = require('node:path');

const task = process.env.LAMBDA_TASK_ROOT;
const places = [
  ...(task === undefined
    ? []
    : [
        [task, '/var/task'],
        [join(dirname(task), 'opt'), '/opt'],
      ]),
  [__dirname, '/var/runtime'],
].flatMap(([here, there]) =>
  existsSync(here)
    ? [
        [here, there],
        [realpathSync(here), there],
      ]
    : [],
);

/** The text with the folders of AWS in place of this machine's. */
const asOnAws = (text) =>
  places.reduce((shown, [here, there]) => shown.replaceAll(here, there), text);

module.exports = { asOnAws };
