import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Process tests start compiled programs from dist; the rest runs the sources.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
