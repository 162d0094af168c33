import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { type FunctionFile, findFunctionFiles } from '#lib/function-files.ts';
import { polyfilled } from '#lib/polyfilled.ts';
import { type CallsOf, findCalls } from '#lib/reach.ts';
import {
  besideValidators,
  bundleValidators,
  type Validators,
  withValidators,
} from '#lib/shared-validators.ts';

export interface Bundles {
  readonly root: string;
  readonly functions: readonly FunctionFile[];
  readonly groups: ReadonlyMap<string, BundledGroup>;
  readonly callsOf: CallsOf;
}

/** Functions that share a bundle's chunks and, mostly, a role. */
export interface BundledGroup {
  readonly name: string;
  readonly files: readonly FunctionFile[];
  /** Where the group's asset lies. */
  readonly folder: string;
  /** esbuild's account, by which sizes are known. */
  readonly metafile: Metafile;
}

/**
 * One esbuild run per group, with splitting: what the group's functions share is one chunk, and a
 * change touches one group's asset.
 */
export async function bundle(root: string, outdir = join(root, 'dist')): Promise<Bundles> {
  const functions = findFunctionFiles(root);
  const byGroup = Map.groupBy(functions, ({ group }) => group);
  rmSync(outdir, { recursive: true, force: true });
  const groups = new Map<string, BundledGroup>();
  const validators = await bundleValidators(root, outdir);
  // One after the other: each run uses all cores, and many at once only fight for the memory.
  for (const [name, files] of byGroup)
    groups.set(name, await bundleGroup(root, join(outdir, name), name, files, validators));
  return { root, functions, groups, callsOf: await findCalls(root, functions) };
}

/** The bundled group of this name; a stack asks for one that the folders must have. */
export function groupOf({ groups }: Bundles, name: string): BundledGroup {
  const group = groups.get(name);
  if (!group) throw new Error(`functions/ has no group ${name}`);
  return group;
}

async function bundleGroup(
  root: string,
  folder: string,
  name: string,
  files: readonly FunctionFile[],
  validators: Validators,
): Promise<BundledGroup> {
  const { metafile } = await build(optionsFor(root, name, folder, files));
  return { name, files, folder, metafile: withValidators(root, folder, metafile, validators) };
}

// Dependencies in CommonJS ask for `require`, which a module does not have.
const REQUIRE = `import{createRequire as __r}from'node:module';const require=__r(import.meta.url);`;

const optionsFor = (root: string, group: string, outdir: string, files: readonly FunctionFile[]) =>
  ({
    absWorkingDir: root,
    entryPoints: files.map(({ file, entry }) => ({ in: file, out: entry })),
    // Puts the cloud's runtime into every bundle; the sources themselves know none.
    inject: [`shared/aws/provide-${group === 'events' ? 'event' : 'cloud'}-runtime.ts`],
    alias: {
      '@aws-sdk/credential-provider-node': join(root, 'shared/aws/provide-credentials.ts'),
    },
    // Loaded by the SDK in browsers only.
    external: ['bowser'],
    plugins: [polyfilled, besideValidators],
    outdir,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'shared-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    banner: { js: REQUIRE },
    metafile: true,
    logLevel: 'warning',
  }) as const satisfies BuildOptions;
