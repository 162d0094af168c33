import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { sourcesOf } from '#lib/bundle-reach.ts';

/** What code asks of its ports, as its sources spell it. Roles follow from these. */
const CALLS = {
  'table.get': /\btable\s*\.get\(/,
  'table.batchGet': /\btable\s*\.batchGet\(/,
  'table.query': /\btable\s*\.query\(/,
  'table.increment': /\btable\s*\.increment\(/,
  'table.put': /\bop: 'put'/,
  'table.update': /\bop: 'update'/,
  'table.delete': /\bop: 'delete'/,
  'table.check': /\bop: 'check'/,
  'sockets.ocpp': /\bsockets\s*\.ocpp\b/,
  'sockets.live': /\bsockets\s*\.live\b/,
  cursorKey: /\.cursorKey\(\)/,
  keySafe: /\bkeySafe\(/,
  originSecret: /\.originSecret\(\)/,
  publish: /\.publish\(/,
  enqueue: /\.enqueue\(/,
} as const;
export type Call = keyof typeof CALLS;
const callNames = Object.keys(CALLS) as Call[];

/** These hand the ports on or are their other end; they are in every bundle and decide nothing. */
const PLUMBING =
  /^shared\/(core\/[a-z-]+|db\/[a-z-]+|aws\/(runtime|cloud-runtime|public-urls|dynamo-[a-z-]+|event-bus|task-queues|post-to-connection|secret|key-safe))\.ts$/;

/** Every port call that the code in these entries' bundles can make. */
export function callsOf(metafile: Metafile, entries: readonly string[], root: string): Set<Call> {
  const sources = new Set(entries.flatMap((entry) => sourcesOf(metafile, entry, root)));
  const code = [...sources]
    .filter((path) => /^(functions|shared)\/.*\.ts$/.test(path) && !PLUMBING.test(path))
    .map((path) => readFileSync(join(root, path), 'utf8'))
    .join('\n');
  return new Set(callNames.filter((call) => CALLS[call].test(code)));
}
