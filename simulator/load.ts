import {
  ArgumentError,
  HELP,
  type LoadPlan,
  parseLoadArguments,
} from '#simulator/load/arguments.ts';
import { Fleet } from '#simulator/load/fleet.ts';
import { Latencies } from '#simulator/load/latencies.ts';
import { formatResult, loadResult } from '#simulator/load/result.ts';
import { runScript } from '#simulator/script/run-script.ts';

const PROGRESS_EVERY_MS = 5000;

/** Follows a plan until its time is up or somebody interrupts; progress goes to stderr, the result to stdout. */
async function run(plan: LoadPlan): Promise<void> {
  const latencies = new Latencies();
  const fleet = new Fleet(plan, latencies);
  const startedAt = performance.now();
  const seconds = (): number => (performance.now() - startedAt) / 1000;
  fleet.start();
  const progress = setInterval(() => {
    const { started, online, charging } = fleet.counts();
    const { calls, failures } = latencies;
    const trouble = fleet.trouble();
    process.stderr.write(
      `${seconds().toFixed(0)} s: ${online} of ${started} online, ${charging} charging, ${calls} calls, ${failures} failed${trouble ? ` (${trouble})` : ''}\n`,
    );
  }, PROGRESS_EVERY_MS);
  await enough(plan.durationSeconds);
  clearInterval(progress);
  const result = loadResult(fleet, latencies, seconds());
  await fleet.close();
  process.stdout.write(`${plan.json ? JSON.stringify(result) : formatResult(result)}\n`);
}

/** Resolves after the planned time or on the first interrupt; a second one ends the process at once. */
function enough(durationSeconds: number | null): Promise<void> {
  return new Promise((resolve) => {
    const timer =
      durationSeconds === null ? undefined : setTimeout(resolve, durationSeconds * 1000);
    const interrupted = (): void => {
      clearTimeout(timer);
      resolve();
      process.once('SIGINT', () => process.exit(130));
    };
    process.once('SIGINT', interrupted);
    process.once('SIGTERM', interrupted);
  });
}

const isScript = (args: readonly string[]): boolean =>
  args.some((one) => /^--script(=|$)/.test(one));

try {
  const args = process.argv.slice(2);
  if (isScript(args)) process.exitCode = (await runScript(args)) ? 0 : 1;
  else {
    const plan = parseLoadArguments(args);
    if (plan) await run(plan);
    else process.stdout.write(HELP);
  }
} catch (error) {
  if (!(error instanceof ArgumentError)) throw error;
  process.stderr.write(`${error.message}\n\n${HELP}`);
  process.exitCode = 2;
}
