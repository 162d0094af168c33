import { join } from 'node:path';
import { build } from 'esbuild';
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
  'traffic.append': /\btraffic\s*\.append\(/,
  'traffic.newest': /\btraffic\s*\.newest\(/,
  cursorKey: /\.cursorKey\(\)/,
  'files.acceptExactly': /\bfiles\s*\.acceptExactly\(/,
  'files.head': /\bfiles\s*\.head\(/,
  'mail.isOn': /\bmail\s*\.isOn\b/,
  'mail.send': /\bmail\s*\.send\(/,
  filesKey: /\.filesKey\(\)/,
  keySafe: /\bkeySafe\(/,
  issueCertificate: /\.issueCertificate\(/,
  foundAuthority: /\bauthorityChain\(/,
  originSecret: /\.originSecret\(\)/,
  publish: /\.publish\(/,
  enqueue: /\.enqueue\(/,
} as const;
export type Call = keyof typeof CALLS;
const callNames = Object.keys(CALLS) as Call[];

/** These hand the ports on or are their other end; they are in every bundle and decide nothing. */
const PLUMBING =
  /^shared\/aws\/(runtime|cloud-[a-z-]+|provide-[a-z-]+|dynamo-[a-z-]+|cloudwatch-traffic-log|s3-files|file-provider|mail-provider|ses-mail|kms-signer|private-ca|authority-provider|event-bus|task-queues|post-to-connection|secret|key-safe)\.ts$/;

/** Every port call that is left in a function's code after tree shaking. */
export type CallsOf = (file: FunctionFile) => ReadonlySet<Call>;

/**
 * Bundles our own code once more, readable, without its packages and each entry by itself, and finds
 * the calls in what tree shaking has left.
 */
export async function findCalls(
  root: string,
  functions: readonly FunctionFile[],
): Promise<CallsOf> {
  const outdir = join(root, 'dist/reach');
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: functions.map(({ file, group, entry }) => ({
      in: file,
      out: `${group}/${entry}`,
    })),
    outdir,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    packages: 'external',
    external: ['#shared/ocpp/schemas/generated/*'],
    write: false,
    logLevel: 'silent',
  });
  const found = new Map(
    outputFiles.map(({ path, text }) => [path, callsIn(withoutPlumbing(text))]),
  );
  return ({ group, entry }) => found.get(join(outdir, group, `${entry}.js`)) ?? new Set();
}

const callsIn = (code: string) => new Set(callNames.filter((call) => CALLS[call].test(code)));

/** esbuild heads each module's code with its path in a comment. */
const withoutPlumbing = (code: string) =>
  code
    .split(/^(?=\/\/ (?:shared|functions)\/.*\.ts$)/m)
    .filter((module) => !PLUMBING.test(/^\/\/ (.*)$/m.exec(module)?.[1] ?? ''))
    .join('');
