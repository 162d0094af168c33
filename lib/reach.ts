import { basename } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { outputsOf } from '#lib/bundle-reach.ts';
import type { FunctionFile } from '#lib/function-files.ts';

/** What code asks of its ports, as it spells it. Roles and environments follow from these. */
const CALLS = {
  'table.get': /\btable\s*\.get\(/,
  'table.batchGet': /\btable\s*\.batchGet\(/,
  'table.query': /\btable\s*\.query\(/,
  'table.increment': /\btable\s*\.increment\(/,
  'table.put': /\bop: "put"/,
  'table.update': /\bop: "update"/,
  'table.delete': /\bop: "delete"/,
  'table.check': /\bop: "check"/,
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
  /^shared\/aws\/(runtime|cloud-[a-z-]+|provide-[a-z-]+|dynamo-[a-z-]+|event-bus|task-queues|post-to-connection|secret|key-safe)\.ts$/;

/** Every port call that is left in an entry's code after tree shaking. */
export type CallsOf = (entry: string) => ReadonlySet<Call>;

/**
 * Bundles a group's own code once more, readable and without its packages, and finds the calls in
 * what each entry reaches. esbuild puts into one chunk only what the same entries reach.
 */
export async function findCalls(
  files: readonly FunctionFile[],
  options: BuildOptions & { readonly outdir: string },
): Promise<CallsOf> {
  const { metafile, outputFiles } = await build({
    ...options,
    minify: false,
    packages: 'external',
    write: false,
    metafile: true,
  });
  const texts = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
  const found = new Map(
    files.map(({ entry }) => {
      const code = [...outputsOf(metafile, entry)].map((path) => texts.get(basename(path)) ?? '');
      return [entry, callsIn(code.map(withoutPlumbing).join('\n'))];
    }),
  );
  return (entry) => found.get(entry) ?? new Set();
}

const callsIn = (code: string) => new Set(callNames.filter((call) => CALLS[call].test(code)));

/** esbuild heads each module's code with its path in a comment. */
const withoutPlumbing = (code: string) =>
  code
    .split(/^(?=\/\/ (?:shared|functions)\/.*\.ts$)/m)
    .filter((module) => !PLUMBING.test(/^\/\/ (.*)$/m.exec(module)?.[1] ?? ''))
    .join('');
