import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Say } from '#bench/part.ts';
import { median } from '#bench/statistics.ts';
import { withTemporaryFolder } from '#bench/temporary-folder.ts';

const RUNS = 5;
const run = promisify(execFile);

/** What a process says about one import, on its own clock. */
const PROGRAM = `
const since = performance.now();
await import(process.argv[1]);
process.stdout.write(String(performance.now() - since), () => process.exit());
`;

export interface ColdImports {
  /** What an empty module takes; it is taken off the rest. */
  readonly floorMs: number;
  /** By module, the median of the rounds. */
  readonly medianMs: readonly number[];
  /** The shortest of them: what a machine with nothing else to do comes near to. */
  readonly bestMs: readonly number[];
}

/**
 * How long a fresh process takes to import each of these modules. Rounds go over all modules, so that a
 * busy moment does not hit one of them alone.
 */
export const coldImports = (files: readonly string[], say: Say): Promise<ColdImports> =>
  withTemporaryFolder(async (folder) => {
    const empty = join(folder, 'empty.mjs');
    await writeFile(empty, 'export const handler = async () => {};\n');
    const all = [empty, ...files];
    const taken = all.map((): number[] => []);
    for (let round = 1; round <= RUNS; round++) {
      say(`cold imports, round ${round} of ${RUNS}`);
      for (const [n, file] of all.entries()) taken[n]?.push(await importOnce(file));
    }
    const [ofEmpty = [], ...ofFiles] = taken;
    const floorMs = median(ofEmpty);
    const lessFloor = (ms: number) => Math.max(0, ms - floorMs);
    return {
      floorMs,
      medianMs: ofFiles.map((each) => lessFloor(median(each))),
      bestMs: ofFiles.map((each) => lessFloor(Math.min(...each))),
    };
  });

async function importOnce(file: string): Promise<number> {
  const args = ['--input-type=module', '--eval', PROGRAM, pathToFileURL(file).href];
  const { stdout } = await run(process.execPath, args, { timeout: 60_000 });
  return Number(stdout);
}
