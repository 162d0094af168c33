import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { withTemporaryFolder } from '#bench/temporary-folder.ts';

const run = promisify(execFile);

/** Milliseconds for `cdk synth` of the whole app, with its own output folder. */
export const timeSynth = (root: string): Promise<number> =>
  withTemporaryFolder(async (output) => {
    const cdk = join(root, 'node_modules/aws-cdk/bin/cdk');
    const since = performance.now();
    await run(process.execPath, [cdk, 'synth', '--quiet', '--output', output], {
      cwd: root,
      timeout: 180_000,
      maxBuffer: 2 ** 26,
    });
    return performance.now() - since;
  });
