// Runs our TypeScript without a build: `node -r lib/typescript.js file.ts`. Each file is compiled
// once and kept in `.lab/cache` until it changes, so that a start reads files and runs no compiler.
const Module = require('node:module');
const { compiled, mapOf } = require('./typescript/cache.js');
const { mapStacks } = require('./typescript/stacks.js');

const forgetMap = mapStacks(mapOf);

Module._extensions['.ts'] = (module, file) => {
  forgetMap(file);
  module._compile(compiled(file), file);
};
