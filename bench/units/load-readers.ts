import { readdirSync } from 'node:fs';
import type { StreamReader } from '#shared/events/stream-reader.ts';

const folder = new URL('../../functions/stream/', import.meta.url);

/** The readers of the table's stream, by their files. */
export async function loadReaders(): Promise<StreamReader[]> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts'));
  return Promise.all(
    files.sort().map(async (file) => readerOf(await import(new URL(file, folder).href), file)),
  );
}

function readerOf({ reader }: Record<string, unknown>, file: string): StreamReader {
  if (!isReader(reader)) throw new Error(`functions/stream/${file} exports no reader`);
  return reader;
}

const isReader = (value: unknown): value is StreamReader =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'reader';
