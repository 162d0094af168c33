import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from './terminal.mjs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const PARENT_CHECK_MS = 500;

/** Runs a command to its end, handing on our terminal and our signals; answers its exit code. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    const forward = Object.fromEntries(SIGNALS.map((name) => [name, () => pass(child, name)]));
    for (const name of SIGNALS) process.on(name, forward[name]);
    const watch = dieWithNpm(child);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearInterval(watch);
      for (const name of SIGNALS) process.off(name, forward[name]);
      resolve(signal ? 128 + (constants.signals[signal] ?? 0) : (code ?? 1));
    });
  });
}

/** A terminal's Ctrl-C goes to the whole group: the child has it already. */
const pass = (child, name) => {
  if (name !== 'SIGINT' || !process.stdin.isTTY) child.kill(name);
};

/** `kill -9` of npm must not leave its program behind, holding port and data. */
function dieWithNpm(child) {
  if (!process.env.npm_lifecycle_event) return undefined;
  const parent = process.ppid;
  return setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGKILL');
  }, PARENT_CHECK_MS);
}

/** Output for the person only: stdout stays the program's. */
export const onStderr = { stdio: ['ignore', process.stderr, process.stderr] };

/** With a channel by which the program sees that its launcher was killed. */
export const tied = { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] };
