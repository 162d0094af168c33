/**
 * Writes every generated file of the repository. With `--check` it writes nothing, and fails where a
 * committed one is not what would be written.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));

/** Generators and the committed file each writes; the OCPP validators are not committed. */
const generators = [
  { script: 'scripts/generate-ocpp.ts', writes: undefined },
  { script: 'scripts/openapi.ts', writes: 'openapi.yaml' },
];

const check = process.argv.includes('--check');
const read = (file: string) =>
  existsSync(root + file) ? readFileSync(root + file, 'utf8') : undefined;

let stale = 0;
for (const { script, writes } of generators) {
  const before = writes && read(writes);
  const { status } = spawnSync(process.execPath, [script], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  if (!check || !writes || before === read(writes)) continue;
  process.stderr.write(`${writes} is stale: run npm run generate and commit it.\n`);
  stale += 1;
  if (before === undefined) rmSync(root + writes);
  else writeFileSync(root + writes, before);
}
process.exitCode = stale === 0 ? 0 : 1;
