// Mutation testing of the code that money hangs on: `npm run mutation`, read with docs/mutation.md.

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'tests/mutation/vitest.config.ts', related: false },
  mutate: ['platform/core/{ledger,money,calendar,numbers,order,order-apply}.ts'],
  coverageAnalysis: 'perTest',
  concurrency: 1,
  // Far above what the slowest test takes: only what never ends is cut off, and is not counted as killed.
  timeoutMS: 60_000,
  reporters: ['progress', 'clear-text', 'json'],
  clearTextReporter: { reportTests: false, reportMutants: false },
  jsonReporter: { fileName: 'coverage/mutation.json' },
  tempDirName: '.stryker-tmp',
  // Stryker 9 rewrites a tsconfig by way of an interface that TypeScript 7 no longer has; the tests need none.
  ignorePatterns: ['tsconfig*.json', 'dist', 'coverage', 'docs', '.yizhan'],
};
