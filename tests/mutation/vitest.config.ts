import { dirname } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The core's own tests first, then flows and properties: most mutants die at once, and no flow waits for ever on a dead one. */
class NearestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) =>
      (dirname(moduleId).endsWith('platform/core') ? '0' : '1') + moduleId;
    return Promise.resolve([...files].sort((a, b) => (rank(a) < rank(b) ? -1 : 1)));
  }
}

/** What a mutant is tried on: tests of one process, on virtual time. Stryker runs them in a worker thread. */
export default defineConfig({
  test: {
    include: ['tests/platform/core/**/*.test.ts', 'tests/properties/**/*.test.ts'],
    // A worker thread can not change the zone of its process.
    exclude: ['tests/platform/core/calendar-zone.test.ts'],
    setupFiles: ['tests/mutation/setup.ts'],
    sequence: { sequencer: NearestFirst },
    testTimeout: 30_000,
  },
});
