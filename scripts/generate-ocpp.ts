/**
 * Builds validators and types from the OCA's JSON schemas, which come inside the npm package
 * ocpp-rpc, into shared/ocpp/schemas/generated (git-ignored: their licence forbids publishing
 * changed copies). Does nothing when no input has changed since the last run.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);
const output = new URL('shared/ocpp/schemas/generated/', root);
const stampFile = new URL('stamp', output);

const inputs = [
  'scripts/generate-ocpp.ts',
  'scripts/ocpp/emit-types.ts',
  'scripts/ocpp/emit-validators.ts',
  'scripts/ocpp/read-schemas.ts',
  'scripts/ocpp/write-schemas.ts',
  'shared/ocpp/schemas/patches.ts',
  'shared/ocpp/schemas/runtime.ts',
  'shared/ocpp/version.ts',
  'node_modules/ocpp-rpc/package.json',
  'node_modules/ajv/package.json',
  'node_modules/ajv-formats/package.json',
];

const hash = createHash('sha256');
for (const input of inputs) hash.update(readFileSync(new URL(input, root))).update('\0');
const stamp = hash.digest('hex');

if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp) {
  const { writeSchemas } = await import('#scripts/ocpp/write-schemas.ts');
  const counts = writeSchemas(fileURLToPath(root), fileURLToPath(output), stamp);
  process.stderr.write(`OCPP validators generated: ${counts.join(', ')}.\n`);
}
