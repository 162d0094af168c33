import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const REQUIREMENTS = new URL('requirements.txt', import.meta.url);

/** Why the deploy test cannot run on this machine. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';
}

/** The Python of `.venv`, with exactly the pinned packages in it. Throws CannotRun. */
export function pythonWithEmulator(root: string): string {
  const folder = join(root, '.venv');
  const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const stamp = join(folder, 'requirements.sha256');
  const wanted = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return python;

  run('python3', ['-c', 'import sys; assert sys.version_info >= (3, 10)'], 'Python 3.10 or newer');
  rmSync(folder, { recursive: true, force: true });
  run('python3', ['-m', 'venv', folder], 'the venv module of Python');
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '-r'];
  run(python, [...pip, REQUIREMENTS.pathname], 'the Python package index');
  writeFileSync(stamp, wanted);
  return python;
}

function run(program: string, args: readonly string[], needs: string): void {
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new CannotRun(`It needs ${needs}. ${error?.message ?? stderr.trim()}`);
}
