import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Findings, Part, Say } from '#bench/part.ts';
import { type ColdImports, coldImports } from '#bench/sizes/cold-imports.ts';
import { timeSynth } from '#bench/sizes/synth-time.ts';
import { withTemporaryFolder } from '#bench/temporary-folder.ts';
import { bundle } from '#lib/bundle.ts';
import { type BundleSize, bundleSizes } from '#lib/bundle-size.ts';

const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/[/\\]$/, '');
const KB = 1000;
const REST_KB_AT_MOST = 550;
const INGRESS = 'functions/ocpp/message.ts';
const INGRESS_MS_BELOW = 120;

/** What each Lambda weighs and how long a fresh process takes to import it. */
export const sizes: Part = {
  title: 'Lambda bundles: size and cold import',
  run: (say) => run(say),
};

const run = (say: Say): Promise<Findings> =>
  withTemporaryFolder(async (folder) => {
    const since = performance.now();
    const bundles = await bundle(root, folder);
    const bundleMs = performance.now() - since;
    const weighed = bundleSizes(bundles);
    say(`${weighed.length} functions bundled in ${Math.round(bundleMs)} ms`);
    const files = weighed.map(({ group, entry }) => join(folder, group, `${entry}.mjs`));
    const imports = await coldImports(files, say);
    say('cdk synth');
    return findings(weighed, imports, { bundleMs, synthMs: await timeSynth(root) });
  });

function findings(
  weighed: readonly BundleSize[],
  imports: ColdImports,
  built: { readonly bundleMs: number; readonly synthMs: number },
): Findings {
  const rows = weighed.map(({ file, coldBytes, totalBytes }, n) => ({
    file,
    coldKb: Math.round(coldBytes / KB),
    totalKb: Math.round(totalBytes / KB),
    ms: Math.round(imports.medianMs[n] ?? Number.NaN),
    bestMs: Math.round(imports.bestMs[n] ?? Number.NaN),
  }));
  const rest = rows.filter(({ file }) => file.startsWith('functions/api/'));
  const heaviest = rest.toSorted((a, b) => b.coldKb - a.coldKb)[0];
  const ingress = rows.find(({ file }) => file === INGRESS);
  return {
    tables: [
      {
        title: 'Lambdas',
        columns: ['function', 'cold KB', 'all KB', 'cold import ms', 'best ms'],
        rows: rows.map(({ file, coldKb, totalKb, ms, bestMs }) => [
          file,
          coldKb,
          totalKb,
          ms,
          bestMs,
        ]),
      },
      {
        title: 'Building them',
        columns: ['step', 'ms'],
        rows: [
          ['bundle all functions', Math.round(built.bundleMs)],
          ['cdk synth, bundling included', Math.round(built.synthMs)],
        ],
      },
    ],
    targets: [
      {
        what: `no REST operation, with the chunks it imports, over ${REST_KB_AT_MOST} KB`,
        measured: `${heaviest?.coldKb} KB (${heaviest?.file})`,
        met: (heaviest?.coldKb ?? Number.POSITIVE_INFINITY) <= REST_KB_AT_MOST,
      },
      {
        what: `OCPP ingress imported cold in under ${INGRESS_MS_BELOW} ms`,
        measured: `${ingress?.ms} ms (best ${ingress?.bestMs} ms)`,
        met: (ingress?.ms ?? Number.POSITIVE_INFINITY) < INGRESS_MS_BELOW,
      },
    ],
    notes: [
      'KB are 1,000 bytes, minified. "cold": the entry and the chunks it imports. "all": with those it loads on first use.',
      `Cold import: a fresh process imports the bundle, median of five, less the ${Math.round(imports.floorMs)} ms an empty module takes.`,
    ],
  };
}
