import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { timeStart } from '#bench/install/time-start.ts';
import type { Findings, Part, Say } from '#bench/part.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));

/** How long a newcomer waits: clone, first start with everything it installs, later starts. */
export const install: Part = { title: 'A fresh clone until it runs', run: measure };

async function measure(say: Say): Promise<Findings> {
  const folder = await mkdtemp(join(tmpdir(), 'magma-bench-clone-'));
  try {
    const since = performance.now();
    await run('git', ['clone', '--quiet', '--no-hardlinks', root, join(folder, 'clone')]);
    const cloned = performance.now() - since;
    say('first start: npm installs');
    const start = () => timeStart(join(folder, 'clone'), join(folder, 'data'));
    const first = await start();
    say('later starts');
    const second = await start();
    const third = await start();
    const row = (what: string, ms: number) => [what, ms / 1000];
    return {
      tables: [
        {
          title: 'npm start, until it says it is ready',
          columns: ['step', 'seconds'],
          rows: [
            row('git clone, from this disk', cloned),
            row('first start, installing', first),
            row('second start', second),
            row('third start', third),
          ],
        },
      ],
      notes: [
        'What npm has in its cache is not fetched again; a first install ever also downloads.',
      ],
      targets: [
        {
          what: 'later starts are ready in under 3 s',
          measured: `${(Math.min(second, third) / 1000).toFixed(1)} s`,
          met: Math.min(second, third) < 3000,
        },
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
