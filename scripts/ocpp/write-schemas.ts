import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emitTypes } from '#scripts/ocpp/emit-types.ts';
import { emitValidators } from '#scripts/ocpp/emit-validators.ts';
import { readSchemas } from '#scripts/ocpp/read-schemas.ts';
import { ocppVersions } from '#shared/ocpp/version.ts';

/**
 * Writes everything anew, the stamp last, and answers what was written. Files are overwritten in
 * place, and leftovers removed after, so that a process that is just loading them never misses one.
 */
export function writeSchemas(root: string, output: string, stamp: string): string[] {
  const counts = ocppVersions.map((version) => {
    const schemas = readSchemas(root, version);
    const modules = emitValidators(schemas);
    const files = new Map([...modules].map(([action, code]) => [`${action}.js`, code]));
    files.set('index.js', emitIndex([...modules.keys()]));
    files.set('index.d.ts', indexTypes);
    files.set('messages.ts', emitTypes(schemas));
    writeFolder(join(output, version), files);
    return `${version} ${modules.size} actions`;
  });
  writeFileSync(join(output, 'stamp'), stamp);
  return counts;
}

function writeFolder(folder: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
  for (const name of readdirSync(folder)) if (!files.has(name)) rmSync(join(folder, name));
}

function emitIndex(actions: readonly string[]): string {
  const lines = actions.map((action) => `  ${action}: () => import('./${action}.js'),\n`);
  return `export const load = {\n${lines.join('')}};\n`;
}

const indexTypes = `import type { ErrorObject } from 'ajv';
type Validator = { (payload: unknown): boolean; errors?: ErrorObject[] | null };
export declare const load: Readonly<
  Record<string, () => Promise<{ readonly request?: Validator; readonly response?: Validator }>>
>;
`;
