// Writes docs/watch.txt: what `lab watch` shows while a learner works, from a real run.
require('../lib/typescript.js');
require('./capture-watch.ts');
