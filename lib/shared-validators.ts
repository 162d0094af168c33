import { cpSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { ocppVersions } from '#shared/ocpp/version.ts';

/** In a group's folder. */
const FOLDER = 'ocpp-schemas';
const SOURCES = 'shared/ocpp/schemas/generated';

/**
 * The OCPP validators are hundreds of files, and the same for every group: they are bundled once, each
 * message in a chunk of its own, and copied to the groups that validate.
 */
export interface Validators {
  readonly folder: string;
  readonly metafile: Metafile;
}

export async function bundleValidators(root: string, outdir: string): Promise<Validators> {
  const folder = join(outdir, FOLDER);
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ocppVersions.map((version) => ({
      in: `${SOURCES}/${version}/index.js`,
      out: version,
    })),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'message-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    minify: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  return { folder, metafile };
}

/** Leaves the validators where they will be copied. */
export const besideValidators: Plugin = {
  name: 'beside-validators',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^#shared\/ocpp\/schemas\/generated\/[^/]+\/index\.js$/ }, ({ path }) => ({
      path: `./${FOLDER}/${path.split('/').at(-2)}.mjs`,
      external: true,
    })),
};

/** Puts the validators beside a group that uses them, and into the account of its outputs. */
export function withValidators(
  root: string,
  folder: string,
  metafile: Metafile,
  validators: Validators,
): Metafile {
  const uses = Object.values(metafile.outputs).some(({ imports }) => imports.some(isOurs));
  if (!uses) return metafile;
  cpSync(validators.folder, join(folder, FOLDER), { recursive: true });
  const from = slashed(relative(root, validators.folder));
  const to = slashed(relative(root, join(folder, FOLDER)));
  const moved = (path: string) => (path.startsWith(from) ? to + path.slice(from.length) : path);
  const copies = Object.entries(validators.metafile.outputs).map(
    ([path, output]) =>
      [
        moved(path),
        { ...output, imports: output.imports.map((one) => ({ ...one, path: moved(one.path) })) },
      ] as const,
  );
  const own = Object.entries(metafile.outputs).map(
    ([path, output]) =>
      [
        path,
        {
          ...output,
          imports: output.imports.map((one) =>
            isOurs(one)
              ? { path: `${to}${one.path.slice(`./${FOLDER}`.length)}`, kind: one.kind }
              : one,
          ),
        },
      ] as const,
  );
  return {
    inputs: { ...metafile.inputs, ...validators.metafile.inputs },
    outputs: Object.fromEntries([...own, ...copies]),
  };
}

const isOurs = ({ path }: { path: string }): boolean => path.startsWith(`./${FOLDER}/`);
const slashed = (path: string): string => path.replaceAll('\\', '/');
