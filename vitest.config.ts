import { defineConfig } from 'vitest/config';

const SLOW = ['test/contract/**', 'test/infra/**', 'test/local/**', 'test/scenarios/**'];

/** Inputs made by the hundred, cryptography, what needs CDK, and the simulator's own clocks and sockets. */
const THOROUGH = [
  'test/**/property-*.test.ts',
  'test/**/*hostile*.test.ts',
  'test/**/crash*.test.ts',
  'test/bench/**/*.test.ts',
  'test/faults/sweep-*.test.ts',
  'test/lib/charger-viewers.test.ts',
  'test/plug-and-charge/**/*.test.ts',
  'test/shared/members/*password*.test.ts',
  'test/shared/members/sign-in-member.test.ts',
  'test/shared/oauth/**/*.test.ts',
  'test/simulator/**/*.test.ts',
];

/** `unit` is what `npm run check` runs; the rest need Java, CDK or more time. */
export default defineConfig({
  test: {
    projects: [
      {
        // Each test makes a world of its own, so files may share a worker: three times as fast.
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...SLOW, ...THOROUGH],
          isolate: false,
          maxWorkers: 2,
          // A machine busy with other things is no failure.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'thorough',
          include: THOROUGH,
          exclude: SLOW,
          isolate: false,
          maxWorkers: 2,
          // A machine busy with other things is no failure.
          testTimeout: 30_000,
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
