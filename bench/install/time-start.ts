import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter } from 'node:path';
import { createInterface } from 'node:readline';

const READY_WITHIN_MS = 10 * 60_000;
const STOPPED_WITHIN_MS = 15_000;

/** Milliseconds from `npm start` in this clone until the line that says it is ready. */
export async function timeStart(clone: string, dataDir: string): Promise<number> {
  const since = performance.now();
  const args = ['start', '--silent', '--', '--port', '0', '--data-dir', dataDir, '--json'];
  const child = spawn('npm', args, {
    cwd: clone,
    // A group of its own, so that all it started can be ended.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: plainEnvironment(),
  });
  const exited = once(child, 'exit');
  const kill = () => signalGroup(child, 'SIGKILL');
  process.once('exit', kill);
  try {
    await ready(child);
    return performance.now() - since;
  } finally {
    signalGroup(child, 'SIGTERM');
    const patience = setTimeout(kill, STOPPED_WITHIN_MS);
    await exited;
    clearTimeout(patience);
    process.off('exit', kill);
  }
}

async function ready({ stdout, stderr }: ChildProcess): Promise<void> {
  if (!stdout || !stderr) throw new Error('npm has no output');
  let said = '';
  stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4000);
  });
  const late = setTimeout(() => stdout.destroy(), READY_WITHIN_MS);
  for await (const line of createInterface({ input: stdout })) {
    if (!line.includes('"ready":true')) continue;
    clearTimeout(late);
    return;
  }
  throw new Error(`npm start ended, or took too long.\n${said}`);
}

function signalGroup({ pid, exitCode, signalCode }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, signal);
}

/** As a shell of its own would have it: without what the npm around us has set, and without its Node. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^npm_(?!config_registry)/i.test(name),
  );
  const path = (process.env['PATH'] ?? '').split(delimiter);
  const plain = path.filter((folder) => !folder.includes('node_modules')).join(delimiter);
  return { ...Object.fromEntries(own), PATH: plain };
}
