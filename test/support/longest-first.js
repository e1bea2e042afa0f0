const { default: Sequencer } = require('@jest/test-sequencer');

/** Files that take long end up last otherwise, on one worker, while the other has nothing to do. */
const longest = [
  'test/labs.test.ts',
  'test/journeys/',
  'test/faults.matrix.test.ts',
  'test/resource-types.contract.test.ts',
];

const rank = ({ path }) => {
  const index = longest.findIndex((part) => path.includes(part));
  return index < 0 ? longest.length : index;
};

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].toSorted((one, other) => rank(one) - rank(other));
  }
};
