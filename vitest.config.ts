// The test projects: what runs where. `npm test` runs all; one alone by --project NAME.
// `store-in-electron` are the store's own tests once more, inside the staged Electron with its own SQLite.
// No retries and no randomised order anywhere: a test that fails now and then is a fault to find.
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { electronPool } from './build/test/electron-pool.ts';

const executable = process.env['WINNOW_ELECTRON_BIN'] ?? join(import.meta.dirname, 'dist/electron-app/electron');
const appDir = process.env['WINNOW_STAGED_APP'] ?? join(import.meta.dirname, 'dist/electron-app/resources/app');

const storeInElectron = {
  test: {
    name: 'store-in-electron',
    include: ['test/unit/worker/**/*.test.ts', 'test/integration/worker/**/*.test.ts'],
    // Its queries are gathered by a program of the project's Node, by their lines in the source.
    exclude: ['test/integration/worker/store/query-plans.test.ts'],
    pool: electronPool({ executable, appDir }),
    // vite resolves the imports of the tests themselves; what they start is resolved by the preloaded hooks.
    alias: { 'better-sqlite3': join(appDir, 'node_modules/better-sqlite3/lib/index.js') },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
};

/**
 * Integration tests in this process whose deadlines are short and real, so that a busy machine must not look like a
 * slow server: one file at a time, after the others. What starts processes of its own, and waits for them, is not here.
 */
const alone = ['test/integration/{dns,smtp}/**/*.test.ts', 'test/integration/faults/{smtp,dns-faults,network-faults}.test.ts', 'test/integration/preflight/**/*.test.ts'];
const integrationLimits = { testTimeout: 120_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    projects: [
      // Nothing here waits for real time, but `npm test` gives unit tests what other steps leave of the machine.
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 120_000 } },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          exclude: alone,
          // Most of them wait for servers, schedules and processes: more than there are cores.
          maxWorkers: 1 + availableParallelism(),
          ...integrationLimits,
        },
      },
      { test: { name: 'integration-alone', include: alone, fileParallelism: false, ...integrationLimits } },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts', 'test/security/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      ...(existsSync(appDir) ? [storeInElectron] : []),
    ],
  },
});
