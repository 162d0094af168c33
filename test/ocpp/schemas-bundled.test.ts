import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { expect, onTestFinished, test } from 'vitest';
import type { validatorFor } from '#shared/ocpp/schemas/validate.ts';

const source = 'shared/ocpp/schemas/validate.ts';

test('validators work bundled as an ES module, each message in a chunk of its own', async () => {
  const outdir = mkdtempSync(join(tmpdir(), 'ocpp-bundle-'));
  onTestFinished(() => rmSync(outdir, { recursive: true }));
  const { metafile } = await build({
    entryPoints: [source],
    outdir,
    bundle: true,
    splitting: true,
    minify: true,
    metafile: true,
    format: 'esm',
    platform: 'node',
    outExtension: { '.js': '.mjs' },
  });
  const entry = Object.values(metafile.outputs).find((output) => output.entryPoint === source);
  const lazy = entry?.imports.filter(({ kind }) => kind === 'dynamic-import') ?? [];
  expect(lazy).toHaveLength(39 + 64 + 91);
  expect(readdirSync(outdir).length).toBeGreaterThan(lazy.length);

  const bundle: { validatorFor: typeof validatorFor } = await import(
    pathToFileURL(join(outdir, 'validate.mjs')).href
  );
  const validate = await bundle.validatorFor('ocpp2.0.1', 'Heartbeat', 'response');
  expect(validate({ currentTime: '2026-01-05T10:00:00Z' })).toBeUndefined();
  expect(validate({ currentTime: 'noon' })).toHaveLength(1);
});
