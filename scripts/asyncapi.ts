/** Writes the AsyncAPI document of the live stream, which the API serves. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadEventTypes } from '#lib/registry.ts';
import { inLines } from '#scripts/openapi.ts';
import { asyncApiDocument } from '#shared/http/asyncapi/document.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
export const ASYNCAPI_FILE = 'shared/http/asyncapi/document.json';

export const asyncApiText = async (): Promise<string> =>
  inLines(asyncApiDocument(await loadEventTypes()));

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(root + ASYNCAPI_FILE, await asyncApiText());
