require('../lib/typescript.js');
require('./generate.ts');
