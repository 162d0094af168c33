import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onStderr, run } from './run.mjs';
import { fail, root, say } from './terminal.mjs';

const lockFile = join(root, 'package-lock.json');
const modules = join(root, 'node_modules');
const stampFile = join(modules, '.installed');
/** npm writes this last, and only when an installation succeeded. */
const npmRecord = join(modules, '.package-lock.json');

/** `npm ci`, unless node_modules is what the lock file says. */
export async function installMissing() {
  const wanted = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  if (read(stampFile) === wanted && isThere()) return;
  if (!installedByHand()) {
    say('Installing what is missing. This takes a minute or two, and only the first time.');
    const since = Date.now();
    const code = await npmCi();
    if (code !== 0) fail('The installation failed (see above). Start again to retry.', code);
    say(`Installed in ${secondsSince(since)} s.`);
  }
  writeFileSync(stampFile, wanted);
}

/** A folder deleted since is cheap to notice among what we name ourselves. */
function isThere() {
  const { dependencies, devDependencies } = JSON.parse(read(join(root, 'package.json')) ?? '{}');
  const names = Object.keys({ ...dependencies, ...devDependencies });
  return existsSync(npmRecord) && names.every((name) => existsSync(join(modules, name)));
}

/** True where npm's own record names exactly the versions that the lock file does. */
function installedByHand() {
  const record = read(npmRecord);
  if (record === undefined) return false;
  const wanted = packagesOf(readFileSync(lockFile, 'utf8'));
  const found = packagesOf(record);
  return Object.entries(wanted).every(([path, it]) => {
    if (path === '') return true;
    if (found[path] === undefined) return it.optional === true && !isForThisMachine(it);
    return found[path].version === it.version && existsSync(join(root, path));
  });
}

const packagesOf = (lock) => JSON.parse(lock).packages;

/** A package with a libc of its own has a twin for the other one: npm knows which. */
const isForThisMachine = ({ os, cpu, libc }) =>
  [os ?? []].flat().includes(process.platform) &&
  [cpu ?? []].flat().includes(process.arch) &&
  libc === undefined;

/** The npm that started us, on the Node it runs on: node_modules, and the Node in it, are about to go. */
async function npmCi() {
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const cli = process.env.npm_execpath;
  const byNode = cli?.endsWith('.js') === true;
  const command = byNode ? (process.env.npm_node_execpath ?? process.execPath) : 'npm';
  const since = Date.now();
  const progress = setInterval(() => say(`  … ${secondsSince(since)} s`), 10_000);
  try {
    return await run(command, [...(byNode ? [cli] : []), ...args, '--loglevel=error'], {
      ...onStderr,
      shell: !byNode && process.platform === 'win32',
    });
  } finally {
    clearInterval(progress);
  }
}

const secondsSince = (start) => Math.round((Date.now() - start) / 1000);

function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
