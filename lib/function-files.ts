import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A Lambda's entry point and where its bundle goes. */
export interface FunctionFile {
  /** From the repository's root, with forward slashes. */
  readonly file: string;
  /** Functions of one group share a bundle's chunks and a role. */
  readonly group: string;
  /** The bundle's file without extension, unique in its group. */
  readonly entry: string;
}

/** These share a group: they react to the same rows, and change together. */
const EVENT_FOLDERS = ['events', 'tasks', 'jobs', 'stream'];

/** Every entry point under functions/. One group per API tag, one for all that reacts to events. */
export function findFunctionFiles(root: string): FunctionFile[] {
  return readdirSync(join(root, 'functions'), { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .map(functionFile);
}

function functionFile(path: string): FunctionFile {
  const [folder = '', ...rest] = dirname(path).split('/');
  const name = basename(path, '.ts');
  const file = `functions/${path}`;
  if (folder === 'api') return { file, group: ['api', ...rest].join('-'), entry: name };
  if (EVENT_FOLDERS.includes(folder)) return { file, group: 'events', entry: `${folder}-${name}` };
  return { file, group: folder, entry: name };
}
