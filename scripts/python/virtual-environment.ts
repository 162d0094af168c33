import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Why a test in Python cannot run on this machine. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';
}

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Environment {
  /** Its folder in `.venv`. */
  readonly name: string;
  /** Every package with its version, dependencies too. */
  readonly requirements: URL;
  /** The oldest Python 3 that will do. */
  readonly minor: number;
}

/** A Python with exactly these packages. Made anew when the list has changed. Throws CannotRun. */
export function pythonWith({ name, requirements, minor }: Environment): string {
  const folder = join(root, '.venv', name);
  const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const stamp = join(folder, 'requirements.sha256');
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return python;

  const newEnough = `import sys; assert sys.version_info >= (3, ${minor})`;
  run('python3', ['-c', newEnough], `Python 3.${minor} or newer`);
  rmSync(folder, { recursive: true, force: true });
  run('python3', ['-m', 'venv', folder], 'the venv module of Python');
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '-r'];
  run(python, [...pip, fileURLToPath(requirements)], 'the Python package index');
  writeFileSync(stamp, wanted);
  return python;
}

function run(program: string, args: readonly string[], needs: string): void {
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new CannotRun(`It needs ${needs}. ${error?.message ?? stderr.trim()}`);
}
