import { basename } from 'node:path';
import type { Metafile } from 'esbuild';

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
