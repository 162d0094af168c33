/**
 * Writes openapi.yaml, which people read and tools take, the same as JSON, which the API serves, and the
 * methods of each path.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadEndpoints, loadEventTypes, tagOf } from '#lib/registry.ts';
import { openApiDocument } from '#shared/http/openapi/document.ts';
import { methodTable } from '#shared/http/openapi/methods.ts';
import { isJson, type Json } from '#shared/http/openapi/tidy-schema.ts';
import { toYaml } from '#shared/http/openapi/to-yaml.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

/** The generated files and what must be in them. */
export async function openApiFiles(): Promise<Record<string, string>> {
  const entries = await loadEndpoints();
  const document = openApiDocument({
    endpoints: entries.map((entry) => ({ tag: tagOf(entry), endpoint: entry.value })),
    eventTypes: await loadEventTypes(),
  });
  return {
    'openapi.yaml': toYaml(document),
    'shared/http/openapi/document.json': inLines(document),
    'shared/http/openapi/methods.json': inLines(methodTable(entries.map(({ value }) => value))),
  };
}

/** JSON with a line for each path and component, so that changes can be read and merged. */
export function inLines(document: Json, depth = 2): string {
  const lines = Object.entries(document).map(([key, value]) => {
    const nested = depth > 0 && isJson(value) && Object.keys(value).length > 0;
    return `${JSON.stringify(key)}: ${nested ? inLines(value, depth - 1) : JSON.stringify(value)}`;
  });
  return `{\n${lines.join(',\n')}\n}${depth === 2 ? '\n' : ''}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [file, text] of Object.entries(await openApiFiles())) writeFileSync(root + file, text);
