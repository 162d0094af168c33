/**
 * `npm test`: everything that must hold. `--fast` is `npm run check`; `--only=unit,types` picks steps.
 * Its last line counts: `12 passed, 0 failed`.
 */
import { parseArgs } from 'node:util';
import pc from 'picocolors';
import type { Outcome, Step } from '#scripts/test/step.ts';
import { steps } from '#scripts/test/steps.ts';

const { values } = parseArgs({
  options: { fast: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const inCi = process.env.CI === 'true';
const say = (line: string) => process.stdout.write(`${line}\n`);

function chosen(): readonly Step[] {
  const names = values.only?.split(',');
  const unknown = names?.filter((name) => !steps.some((step) => step.name === name)) ?? [];
  if (unknown.length > 0) {
    say(`No step ${unknown.join(', ')}. There are: ${steps.map((step) => step.name).join(', ')}.`);
    process.exit(2);
  }
  return steps.filter((step) => (names ? names.includes(step.name) : !values.fast || step.fast));
}

async function runStep(step: Step): Promise<Outcome & { step: Step; seconds: string }> {
  say(pc.bold(`\n▸ ${step.title}`));
  const since = performance.now();
  const outcome = await step.run();
  const seconds = ((performance.now() - since) / 1000).toFixed(1);
  say(pc.dim(`  ${step.title}: ${seconds} s`));
  return { ...outcome, step, seconds };
}

const results: Awaited<ReturnType<typeof runStep>>[] = [];
for (const step of chosen()) results.push(await runStep(step));

say('');
for (const { step, passed, failed, skipped, seconds } of results) {
  const mark = failed > 0 ? pc.red('✗') : passed > 0 ? pc.green('✓') : pc.yellow('–');
  const counts = `${passed} passed, ${failed} failed, ${skipped.length} skipped`;
  say(`${mark} ${step.title.padEnd(28)} ${seconds.padStart(6)} s   ${counts}`);
  for (const name of skipped) say(pc.yellow(`    skipped: ${name}`));
}
const sum = (pick: (outcome: Outcome) => number) =>
  results.reduce((total, outcome) => total + pick(outcome), 0);
const skips = sum((outcome) => outcome.skipped.length);
if (skips > 0) say(`${skips} skipped${inCi ? ', which counts as failed here (CI=true)' : ''}`);
const failed = sum((outcome) => outcome.failed) + (inCi ? skips : 0);
say(`\n${sum((outcome) => outcome.passed)} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
