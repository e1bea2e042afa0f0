module.exports = {
  testEnvironment: 'node',
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/work/', '/cdk.out/'],
  modulePathIgnorePatterns: ['<rootDir>/work/', '/cdk.out/'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  testSequencer: '<rootDir>/test/support/longest-first.js',
  setupFiles: ['<rootDir>/test/support/setup.js'],
  // A busy machine is slow; what hangs still ends.
  testTimeout: 30_000,
  // Journeys wait for child processes most of the time, so both cores have work with two.
  maxWorkers: 2,
  workerIdleMemoryLimit: '1GB',
};
