import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/support/sql-parser.ts'],
    // Two cores in CI; a test that starts processes gets its own longer limit.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // A report is read by .ci/run; a person reads the default one.
    reporters: process.env['DAG2EVENT_TEST_JSON'] ? ['default', ['json', { outputFile: process.env['DAG2EVENT_TEST_JSON'] }]] : ['default'],
  },
});
