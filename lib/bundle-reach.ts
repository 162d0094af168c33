import { basename, relative, resolve } from 'node:path';
import type { Metafile } from 'esbuild';

type Outputs = Metafile['outputs'];
export type ImportKind = 'import-statement' | 'dynamic-import';

/** The bundle of this entry and every chunk it imports, by paths as esbuild gives them. */
export function outputsOf(
  { outputs }: Metafile,
  entry: string,
  kinds: readonly ImportKind[] = ['import-statement', 'dynamic-import'],
): Set<string> {
  const start = Object.keys(outputs).find((path) => basename(path) === `${entry}.mjs`);
  if (!start) throw new Error(`There is no bundle of ${entry}`);
  const seen = new Set([start]);
  for (const path of seen)
    for (const next of outputs[path]?.imports ?? [])
      if (!next.external && kinds.some((kind) => kind === next.kind)) seen.add(next.path);
  return seen;
}

/**
 * The sources whose code is in the entry's bundle, from the repository's root. Exact per file:
 * esbuild puts into one chunk only what the same entries reach.
 */
export function sourcesOf(metafile: Metafile, entry: string, root: string): string[] {
  const inputs = [...outputsOf(metafile, entry)].flatMap((path) =>
    usedInputs(metafile.outputs, path),
  );
  return [...new Set(inputs.map((path) => fromRoot(root, path)))].sort();
}

const usedInputs = (outputs: Outputs, path: string) =>
  Object.entries(outputs[path]?.inputs ?? {}).flatMap(([input, { bytesInOutput }]) =>
    bytesInOutput > 0 ? [input] : [],
  );

const fromRoot = (root: string, path: string) =>
  relative(root, resolve(root, path)).replaceAll('\\', '/');
