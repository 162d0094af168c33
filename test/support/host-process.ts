import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFailed, onTestFinished } from 'vitest';
import * as z from 'zod';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The line that `npm start -- --json` prints. */
export const Ready = z.strictObject({
  ready: z.literal(true),
  api: z.string(),
  ocpp: z.string(),
  live: z.string(),
  api_key: z.string(),
  owner: z.strictObject({ email: z.string(), name: z.string(), password: z.string() }),
  organization: z.string(),
  site_id: z.string(),
  chargers: z.array(z.string()),
});
export type Ready = z.infer<typeof Ready>;

export interface HostProcess {
  readonly child: ChildProcess;
  /** From the start to the line. */
  readonly startMs: number;
  readonly ready: Ready;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Sends a signal; the exit code, or the signal that killed it. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals>;
}

/** Characters of what a host said that a failed test shows. */
const SHOWN = 3000;

/** Starts `node <script> <args>` and collects what it says; killed with the test. */
export function startProcess(script: string, args: readonly string[]) {
  const env = { NODE_COMPILE_CACHE: `${root}node_modules/.cache/compile`, ...process.env };
  const child = spawn(process.execPath, [script, ...args], { cwd: root, env, stdio: 'pipe' });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const exited = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal ?? 1));
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  onTestFailed(() => void process.stderr.write(`${script} said:\n…${stderr.slice(-SHOWN)}\n`));
  return { child, exited, stdout: () => stdout, stderr: () => stderr };
}

/** A host of its own process, ready. */
export async function startHostProcess(
  args: readonly string[],
  script = 'local/main.ts',
): Promise<HostProcess> {
  const since = performance.now();
  const process = startProcess(script, [
    ...(script === 'local/main.ts' ? [] : ['start']),
    '--json',
    ...args,
  ]);
  const { child, exited, stdout, stderr } = process;
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', () => {
      if (stdout().includes('\n')) resolve();
    });
    void exited.then((code) => reject(new Error(`The host ended with ${code}: ${stderr()}`)));
  });
  return {
    child,
    stdout,
    stderr,
    startMs: performance.now() - since,
    ready: Ready.parse(JSON.parse(stdout())),
    end: (signal) => {
      child.kill(signal);
      return exited;
    },
  };
}

/** GET with the host's own key. */
export async function get(ready: Ready, path: string): Promise<unknown> {
  const answer = await fetch(ready.api + path, {
    headers: { Authorization: `Bearer ${ready.api_key}` },
  });
  if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
