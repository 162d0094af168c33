import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { type FunctionFile, findFunctionFiles } from '#lib/function-files.ts';

/** Puts the cloud's runtime into every bundle; the sources themselves know none. */
const CLOUD_RUNTIME = 'shared/aws/cloud-runtime.ts';

// Dependencies in CommonJS ask for `require`, which a module does not have.
const REQUIRE = `import{createRequire as __r}from'node:module';const require=__r(import.meta.url);`;

export interface Bundles {
  readonly root: string;
  readonly functions: readonly FunctionFile[];
  /** Where a group's asset lies. */
  readonly folderOf: (group: string) => string;
  readonly groups: readonly string[];
  /** esbuild's account of a group, by which sizes and reach are known. */
  readonly metafileOf: (group: string) => Metafile;
}

/**
 * One esbuild run per group, with splitting: what the group's functions share is one chunk, and a
 * change touches one group's asset.
 */
export async function bundle(root: string, outdir = join(root, 'dist')): Promise<Bundles> {
  const functions = findFunctionFiles(root);
  const groups = Map.groupBy(functions, ({ group }) => group);
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(join(outdir, 'meta'), { recursive: true });
  const folderOf = (group: string) => join(outdir, group);
  const built = await Promise.all(
    [...groups].map(async ([group, files]) => {
      const metafile = await bundleGroup(root, folderOf(group), files);
      writeFileSync(join(outdir, 'meta', `${group}.json`), JSON.stringify(metafile));
      return [group, metafile] as const;
    }),
  );
  const metafiles = new Map(built);
  const metafileOf = (group: string) => {
    const metafile = metafiles.get(group);
    if (!metafile) throw new Error(`functions/ has no group ${group}`);
    return metafile;
  };
  return { root, functions, folderOf, groups: [...metafiles.keys()].sort(), metafileOf };
}

async function bundleGroup(root: string, outdir: string, files: readonly FunctionFile[]) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: files.map(({ file, entry }) => ({ in: file, out: entry })),
    inject: [CLOUD_RUNTIME],
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
  });
  return metafile;
}
