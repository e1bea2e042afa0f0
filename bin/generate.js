require('tsx/cjs');
require('./generate.ts');
