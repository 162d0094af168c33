import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Outcome } from '#scripts/test/step.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A script that finds no means to run (no Java, no Python) exits with this. */
const SKIPPED = 77;

/** Runs `node <args>` with our terminal and answers its exit code. */
export function runNode(args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** A step that is one command: it passes or fails as a whole. */
export const command =
  (...args: readonly string[]) =>
  async (): Promise<Outcome> => {
    const code = await runNode(args);
    if (code === SKIPPED) return { passed: 0, failed: 0, skipped: [args.join(' ')] };
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [] };
  };
