import { defineConfig } from 'vitest/config';

const SLOW = ['test/contract/**', 'test/infra/**', 'test/local/**', 'test/scenarios/**'];

/** `unit` is what `npm run check` runs; the rest need Java, CDK or more time. */
export default defineConfig({
  test: {
    projects: [
      {
        // Each test makes a world of its own, so files may share a worker: three times as fast.
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: SLOW,
          isolate: false,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'contract',
          include: ['test/contract/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        // aws-cdk-lib is big: one worker loads it once.
        test: {
          name: 'infra',
          include: ['test/infra/**/*.test.ts'],
          fileParallelism: false,
          isolate: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'local',
          include: ['test/local/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        // They mostly wait, for chargers and clocks: more of them at once than there are cores.
        test: {
          name: 'scenarios',
          include: ['test/scenarios/**/*.test.ts'],
          maxWorkers: 4,
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
        },
      },
    ],
  },
});
