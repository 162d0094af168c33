import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Say } from '#bench/part.ts';
import { median } from '#bench/statistics.ts';

const RUNS = 5;
const run = promisify(execFile);

/** What a process says about one import, on its own clock. */
const PROGRAM = `
const since = performance.now();
await import(process.argv[1]);
process.stdout.write(String(performance.now() - since), () => process.exit());
`;

/**
 * How long a fresh process takes to import each of these modules, the median of five, without what an
 * empty module takes. Rounds go over all modules, so that a busy moment does not hit one of them alone.
 */
export async function coldImports(
  files: readonly string[],
  say: Say,
): Promise<{ floorMs: number; importMs: number[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'magma-bench-empty-'));
  try {
    const empty = join(folder, 'empty.mjs');
    await writeFile(empty, 'export const handler = async () => {};\n');
    const all = [empty, ...files];
    const taken = all.map((): number[] => []);
    for (let round = 1; round <= RUNS; round++) {
      say(`cold imports, round ${round} of ${RUNS}`);
      for (const [n, file] of all.entries()) taken[n]?.push(await importOnce(file));
    }
    const [floorMs = 0, ...rest] = taken.map(median);
    return { floorMs, importMs: rest.map((ms) => Math.max(0, ms - floorMs)) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function importOnce(file: string): Promise<number> {
  const args = ['--input-type=module', '--eval', PROGRAM, pathToFileURL(file).href];
  const { stdout } = await run(process.execPath, args, { timeout: 60_000 });
  return Number(stdout);
}
