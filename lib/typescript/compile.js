const { createRequire } = require('node:module');
const { readFileSync } = require('node:fs');

// tsx brings the compiler along.
const { transformSync } = createRequire(require.resolve('tsx/cjs'))('esbuild');

/** Compiles one file, which must not need any other to be understood (`isolatedModules`). */
function compile(file) {
  const { code, map } = transformSync(readFileSync(file, 'utf8'), {
    loader: 'ts',
    format: 'cjs',
    platform: 'node',
    target: `node${process.versions.node}`,
    sourcefile: file,
    sourcemap: 'external',
    sourcesContent: false,
  });
  return { code, map };
}

module.exports = compile;
