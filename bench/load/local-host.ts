import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { mintKeys } from '#bench/load/mint-keys.ts';
import { type ProcessUsage, processUsage } from '#bench/load/process-usage.ts';
import { withTemporaryFolder } from '#bench/temporary-folder.ts';

const program = fileURLToPath(new URL('../../local/main.ts', import.meta.url));
const READY_WITHIN_MS = 60_000;
const STOPPED_WITHIN_MS = 15_000;

const Ready = z.object({
  api: z.string(),
  ocpp: z.string(),
  live: z.string(),
  api_key: z.string(),
  site_id: z.string(),
});

/** The local host in a process of its own, with a data folder that goes when it goes. */
export interface LocalHost extends z.infer<typeof Ready> {
  /** More keys: each may make 1,000 requests a minute. */
  readonly keys: readonly string[];
  usage(): Promise<ProcessUsage>;
}

export interface LocalHostOptions {
  /** Keys besides the sandbox's, put into the data folder before the start. */
  readonly keys?: number;
}

/** Runs `work` against a fresh host, and leaves nothing behind. */
export const withLocalHost = <T>(
  { keys = 0 }: LocalHostOptions,
  work: (host: LocalHost) => Promise<T>,
): Promise<T> =>
  withTemporaryFolder(async (folder) => {
    const minted = await mintKeys(folder, keys);
    const log = join(folder, 'log');
    const errors = await open(log, 'w');
    const child = start(folder, errors.fd);
    try {
      const ready = await readyLine(child).catch(async (cause: unknown) => {
        throw new Error(`The host did not start.\n${await readFile(log, 'utf8')}`, { cause });
      });
      return await work({ ...ready, keys: minted, usage: () => processUsage(child.pid ?? 0) });
    } finally {
      await stop(child);
      await errors.close();
    }
  });

/** With a channel, by which the host sees that we are gone, however we went. */
function start(folder: string, errors: number): ChildProcess {
  const args = [program, '--port', '0', '--data-dir', folder, '--json', '--no-simulators'];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', errors, 'ipc'] });
}

async function readyLine({ stdout }: ChildProcess): Promise<z.infer<typeof Ready>> {
  if (!stdout) throw new Error('The host has no stdout');
  const lines = createInterface({ input: stdout });
  const signal = AbortSignal.timeout(READY_WITHIN_MS);
  const closed = once(lines, 'close', { signal }).then(() => {
    throw new Error('The host ended');
  });
  const [line] = await Promise.race([once(lines, 'line', { signal }), closed]);
  return Ready.parse(JSON.parse(String(line)));
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const patience = setTimeout(() => child.kill('SIGKILL'), STOPPED_WITHIN_MS);
  child.kill('SIGTERM');
  await once(child, 'exit');
  clearTimeout(patience);
}
