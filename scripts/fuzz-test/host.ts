import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

const root = fileURLToPath(new URL('../../', import.meta.url));
const LOADED_FIRST = ['loopback-only.ts', 'no-limits.ts'].flatMap((file) => [
  '--import',
  new URL(file, import.meta.url).href,
]);

/** What of the line that the host prints when it is ready is needed. */
const Ready = z.object({ api: z.url(), api_key: z.string() });

export interface FuzzedHost extends z.infer<typeof Ready>, AsyncDisposable {
  /** What it logged of failures on its own side, with their stacks. */
  failures(): string;
}

/** The local host in a process and a data folder of its own, as `npm start` starts it. */
export async function startFuzzedHost(logFile: string): Promise<FuzzedHost> {
  const dataDir = mkdtempSync(join(tmpdir(), 'magma-fuzz-'));
  const log = openSync(logFile, 'w');
  const child = spawn(
    process.execPath,
    [...LOADED_FIRST, 'local/main.ts', '--json', '--port', '0', '--data-dir', dataDir],
    // By the last of these it notices when we are killed.
    { cwd: root, stdio: ['ignore', 'pipe', log, 'ipc'] },
  );
  closeSync(log);
  const ended = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`The host ended with ${code}:\n${lastLines(logFile)}`)),
    );
  });
  ended.catch(() => {});
  const line = new Promise<string>((resolve) => {
    child.stdout?.setEncoding('utf8').once('data', resolve);
  });
  const ready = Ready.parse(JSON.parse(await Promise.race([line, ended])));
  return {
    ...ready,
    failures: () => failuresIn(readFileSync(logFile, 'utf8')),
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await ended.catch(() => {});
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** An error's line, and those of its stack. */
const failuresIn = (log: string): string =>
  [...log.matchAll(/^✗ .*(?:\n {4}.*)*/gm)].map(([text]) => text).join('\n');

const lastLines = (file: string) => readFileSync(file, 'utf8').split('\n').slice(-20).join('\n');
