/**
 * Writes every generated file of the repository. With `--check` it writes nothing, and fails where a
 * committed one is not what would be written.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));

/** Generators and the committed files each writes; the OCPP validators are not committed. */
const generators = [
  { script: 'scripts/generate-ocpp.ts', writes: [] },
  {
    script: 'scripts/openapi.ts',
    writes: [
      'openapi.yaml',
      'shared/http/openapi/document.json',
      'shared/http/openapi/methods.json',
    ],
  },
  { script: 'scripts/asyncapi.ts', writes: ['shared/http/asyncapi/document.json'] },
  { script: 'scripts/coverage.ts', writes: ['docs/coverage.md'] },
];

const check = process.argv.includes('--check');
const read = (file: string) =>
  existsSync(root + file) ? readFileSync(root + file, 'utf8') : undefined;

let stale = 0;
for (const { script, writes } of generators) {
  const before = writes.map((file) => [file, read(file)] as const);
  const { status } = spawnSync(process.execPath, [script], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  for (const [file, text] of check ? before : []) {
    if (text === read(file)) continue;
    process.stderr.write(`${file} is stale: run npm run generate and commit it.\n`);
    stale += 1;
    if (text === undefined) rmSync(root + file);
    else writeFileSync(root + file, text);
  }
}
process.exitCode = stale === 0 ? 0 : 1;
