import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const FOLDERS = ['bin', 'lib', 'functions', 'shared', 'local', 'simulator', 'scripts', 'bench'];

/** Rooms from the ground up: who may import whom. A room may always import itself. */
const DOMAIN = /^shared\/(?!core\/|db\/|events\/|http\/|ocpp\/|catalogue\/|aws\/)/;
const ROOMS: readonly { name: string; files: RegExp; may: readonly RegExp[] }[] = [
  { name: 'core', files: /^shared\/core\//, may: [] },
  { name: 'keys and tables', files: /^shared\/db\//, may: [/^shared\/core\//] },
  { name: 'events', files: /^shared\/events\//, may: [/^shared\/(core|db)\//] },
  { name: 'domains', files: DOMAIN, may: [/^shared\/(core|db|events)\//, DOMAIN] },
  { name: 'catalogue', files: /^shared\/catalogue\//, may: [/^shared\/(core|events)\//, DOMAIN] },
  {
    name: 'http',
    files: /^shared\/http\//,
    may: [/^shared\/(core|db|events|catalogue)\//, DOMAIN],
  },
  {
    name: 'ocpp',
    files: /^shared\/ocpp\//,
    may: [/^shared\/(core|db|events|catalogue)\//, DOMAIN],
  },
  { name: 'aws', files: /^shared\/aws\//, may: [/^shared\//] },
  { name: 'functions', files: /^functions\//, may: [/^shared\//] },
  { name: 'cdk', files: /^lib\//, may: [/^shared\//, /^functions\//] },
  { name: 'simulator', files: /^simulator\//, may: [] },
];

/** Packages that belong to one room. */
const PACKAGES: readonly { name: RegExp; only: RegExp }[] = [
  {
    name: /^@aws-sdk\/(?!util-dynamodb)|^@aws-lambda-powertools\/|^@middy\//,
    only: /^(shared\/aws|scripts|bin|bench)\//,
  },
  { name: /^aws-cdk-lib|^constructs$|^cdk-nag$/, only: /^(lib|bin|scripts)\// },
  { name: /^ws$/, only: /^(local|simulator|bench|scripts)\// },
];

interface Import {
  readonly from: string;
  readonly to: string;
  readonly line: string;
}

const files = FOLDERS.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path).replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts') && !path.includes('/generated/')),
);
const textOf = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));

const imports: Import[] = files.flatMap((from) =>
  [
    ...(textOf.get(from) ?? '').matchAll(
      /^(?:import|export)\b[^;'"]*?\bfrom\s+'([^']+)'|^import '([^']+)'/gm,
    ),
  ].map((match) => ({ from, to: target(from, match[1] ?? match[2] ?? ''), line: match[0] })),
);

function target(from: string, specifier: string): string {
  if (specifier.startsWith('#')) return specifier.slice(1);
  if (specifier.startsWith('.')) return relative(root, resolve(root, dirname(from), specifier));
  return specifier;
}

const ours = (path: string) => FOLDERS.some((folder) => path.startsWith(`${folder}/`));

describe('the house', () => {
  it('has files to look at', () => {
    expect(files.length).toBeGreaterThan(150);
    expect(imports.length).toBeGreaterThan(500);
  });

  it.each(ROOMS)('lets $name import only what lies below it', ({ files: room, may }) => {
    const wrong = imports.filter(
      ({ from, to }) =>
        room.test(from) && ours(to) && !room.test(to) && !may.some((allowed) => allowed.test(to)),
    );
    expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  it('keeps each outside package in its room', () => {
    const wrong = imports.filter(({ from, to }) =>
      PACKAGES.some(({ name, only }) => name.test(to) && !only.test(from)),
    );
    expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  it('lets no function import another', () => {
    const wrong = imports.filter(
      ({ from, to }) => from.startsWith('functions/') && to.startsWith('functions/'),
    );
    expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  it('has no circles', () => {
    expect(circles()).toEqual([]);
  });

  it('imports zod as a namespace, for the named import drags every locale into every bundle', () => {
    const named = files.filter((file) =>
      /import \{[^}]*\bz\b[^}]*\} from 'zod'/.test(textOf.get(file) ?? ''),
    );
    expect(named).toEqual([]);
  });

  it('asks nothing ambient for time or chance in the domain', () => {
    const pure = files.filter(
      (file) => DOMAIN.test(file) || /^shared\/(events|http|ocpp)\//.test(file),
    );
    const ambient = /\bnew Date\(\)|\bDate\.now\(\)|\bMath\.random\(\)/;
    expect(pure.filter((file) => ambient.test(textOf.get(file) ?? ''))).toEqual([]);
  });

  it('reaches out to the network in shared/net and shared/aws alone: URLs that people give us are checked there', () => {
    const reaching =
      /\bfetch\(|from 'node:(https?|http2|net|tls|dns|dgram)(\/promises)?'|from '(undici|axios|got|node-fetch)'/;
    const elsewhere = files.filter(
      (file) =>
        /^(shared|functions)\//.test(file) &&
        !/^shared\/(net|aws)\//.test(file) &&
        reaching.test((textOf.get(file) ?? '').replace(/^import type .*$/gm, '')),
    );
    expect(elsewhere).toEqual([]);
  });

  it('builds every key string in shared/db/keys.ts', () => {
    const built = /\bpk: `|\bsk: `|gsi[12]pk: `/;
    const elsewhere = files.filter(
      (file) => !file.startsWith('shared/db/') && built.test(textOf.get(file) ?? ''),
    );
    expect(elsewhere).toEqual([]);
  });

  it('names files in kebab-case, and none utils, helpers, common or types', () => {
    const odd = files.filter(
      (file) =>
        !/^[a-z0-9/-]+(\.d)?\.ts$/.test(file) || /\/(utils?|helpers?|common|types)\.ts$/.test(file),
    );
    expect(odd).toEqual([]);
  });

  it('keeps files under 220 lines', () => {
    const long = files.filter((file) => (textOf.get(file) ?? '').split('\n').length > 220);
    expect(long).toEqual([]);
  });
});

/** Chains of imports that come back to where they began; type-only imports do not run and do not count. */
function circles(): string[] {
  const graph = new Map<string, string[]>();
  for (const { from, to, line } of imports) {
    if (/^(import|export) type\b/.test(line) || !textOf.has(to)) continue;
    graph.set(from, [...(graph.get(from) ?? []), to]);
  }
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, path: readonly string[]) => {
    const at = path.indexOf(file);
    if (at >= 0) {
      found.push([...path.slice(at), file].join(' -> '));
      return;
    }
    if (done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  return found;
}
