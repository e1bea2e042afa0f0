const Module = require('node:module');
const { sep } = require('node:path');

// Runs our TypeScript without a build. tsx would also scan every file of every package for syntax
// that Node 20 lacks, which makes loading the CDK half as slow again; packages are loaded as they are.
const plain = Module._extensions['.js'];
require('tsx/cjs');
const transformed = Module._extensions['.js'];
Module._extensions['.js'] = (module, file) =>
  (file.includes(`${sep}node_modules${sep}`) ? plain : transformed)(module, file);
