import type { Metafile } from 'esbuild';
import { type Bundles, groupOf } from '#lib/bundle.ts';
import { outputsOf } from '#lib/bundle-reach.ts';

export interface BundleSize {
  readonly file: string;
  readonly group: string;
  readonly entry: string;
  /** Bytes a cold start reads: the entry and every chunk it imports. */
  readonly coldBytes: number;
  /** The same with the chunks it loads on first use. */
  readonly totalBytes: number;
}

/** What each function weighs, minified, its shared chunks included. */
export function bundleSizes(bundles: Bundles): BundleSize[] {
  return bundles.functions.map(({ file, group, entry }) => {
    const { metafile } = groupOf(bundles, group);
    return {
      file,
      group,
      entry,
      coldBytes: weigh(metafile, outputsOf(metafile, entry, ['import-statement'])),
      totalBytes: weigh(metafile, outputsOf(metafile, entry)),
    };
  });
}

const weigh = ({ outputs }: Metafile, paths: Iterable<string>) =>
  [...paths].reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0);
