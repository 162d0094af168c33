import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { runNode } from '#scripts/test/run-command.ts';
import type { Outcome } from '#scripts/test/step.ts';

const Report = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  testResults: z.array(
    z.object({
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })),
    }),
  ),
});

/** A step of vitest: every test counts by itself. */
export const vitest =
  (...args: readonly string[]) =>
  async (): Promise<Outcome> => {
    const folder = mkdtempSync(join(tmpdir(), 'magma-test-'));
    const report = join(folder, 'report.json');
    const code = await runNode([
      'node_modules/vitest/vitest.mjs',
      'run',
      ...args,
      '--reporter=dot',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ]);
    const outcome = existsSync(report) ? outcomeOf(readFileSync(report, 'utf8')) : nothing;
    rmSync(folder, { recursive: true });
    // A file that cannot even be loaded has no tests to fail.
    return code === 0 ? outcome : { ...outcome, failed: Math.max(1, outcome.failed) };
  };

const nothing: Outcome = { passed: 0, failed: 0, skipped: [] };

function outcomeOf(json: string): Outcome {
  const report = Report.parse(JSON.parse(json));
  const left = report.testResults
    .flatMap((file) => file.assertionResults)
    .filter((test) => test.status !== 'passed' && test.status !== 'failed');
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: left.map((test) => test.fullName),
  };
}
