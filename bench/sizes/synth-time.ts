import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Milliseconds for `cdk synth` of the whole app, with its own output folder. */
export async function timeSynth(root: string): Promise<number> {
  const output = await mkdtemp(join(tmpdir(), 'magma-bench-synth-'));
  const cdk = join(root, 'node_modules/aws-cdk/bin/cdk');
  try {
    const since = performance.now();
    await run(process.execPath, [cdk, 'synth', '--quiet', '--output', output], {
      cwd: root,
      timeout: 180_000,
      maxBuffer: 2 ** 26,
    });
    return performance.now() - since;
  } finally {
    await rm(output, { recursive: true, force: true });
  }
}
