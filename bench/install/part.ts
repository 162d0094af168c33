import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { timeStart } from '#bench/install/time-start.ts';
import type { Findings, Part, Say } from '#bench/part.ts';
import { median } from '#bench/statistics.ts';
import { withTemporaryFolder } from '#bench/temporary-folder.ts';

const run = promisify(execFile);
const LATER_BELOW_MS = 3000;
const root = fileURLToPath(new URL('../../', import.meta.url));

/** How long a newcomer waits: clone, first start with everything it installs, later starts. */
export const install: Part = {
  title: 'A fresh clone until it runs',
  run: (say) => withTemporaryFolder((folder) => measure(folder, say)),
};

async function measure(folder: string, say: Say): Promise<Findings> {
  const clone = join(folder, 'clone');
  const since = performance.now();
  await run('git', ['clone', '--quiet', '--no-hardlinks', root, clone]);
  const cloned = performance.now() - since;
  const start = () => timeStart(clone, join(folder, 'data'));
  say('first start: npm installs');
  const first = await start();
  say('later starts');
  const later = [await start(), await start(), await start()];
  return findings(cloned, first, later);
}

function findings(cloned: number, first: number, later: readonly number[]): Findings {
  const again = median(later);
  const row = (what: string, ms: number) => [what, ms / 1000];
  return {
    tables: [
      {
        title: 'npm start, until it says it is ready',
        columns: ['step', 'seconds'],
        rows: [
          row('git clone, from this disk', cloned),
          row('first start, installing', first),
          row('a later start, median of three', again),
        ],
      },
    ],
    targets: [
      {
        what: 'later starts are ready in under 3 s',
        measured: `${(again / 1000).toFixed(1)} s`,
        met: again < LATER_BELOW_MS,
      },
    ],
    notes: ['What npm has in its cache is not fetched again; a first install ever also downloads.'],
  };
}
