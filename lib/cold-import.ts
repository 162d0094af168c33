import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type Bundles, groupOf } from '#lib/bundle.ts';
import type { FunctionFile } from '#lib/function-files.ts';

/** Tells the milliseconds that a fresh process takes to import the module it is given. */
const MEASURE = `
  const since = performance.now();
  await import(process.argv[1]);
  process.stdout.write(String(performance.now() - since));
`;

/** Milliseconds of importing a function's bundle in a new process; the median of `times` tries. */
export function coldImportMs(bundles: Bundles, file: FunctionFile, times = 5): number {
  const module = join(groupOf(bundles, file.group).folder, `${file.entry}.mjs`);
  const tries = Array.from({ length: times }, () =>
    Number(
      execFileSync(process.execPath, ['--input-type=module', '--eval', MEASURE, module], {
        encoding: 'utf8',
        // Neither our loader options nor a warm compile cache: a Lambda has none.
        env: { PATH: process.env['PATH'], AWS_REGION: 'us-east-1', TABLE_NAME: 'none' },
      }),
    ),
  );
  return tries.sort((a, b) => a - b)[Math.floor(times / 2)] ?? Number.NaN;
}
