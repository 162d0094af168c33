import { describe, expect, it } from 'vitest';
import { bundleSizes } from '#lib/bundle-size.ts';
import { synthesized } from '#test/infra/synthesized.ts';

const KB = 1000;

describe('the bundles', () => {
  it('keep every REST operation, with the chunks it imports, below 575 KB', async () => {
    const sizes = bundleSizes((await synthesized()).bundles);
    const heavy = sizes.filter(
      ({ group, coldBytes }) => group.startsWith('api-') && coldBytes > 575 * KB,
    );
    expect(heavy).toEqual([]);
  });

  it('hold one language of zod, not fifty', async () => {
    const { groups } = (await synthesized()).bundles;
    for (const [name, { metafile }] of groups) {
      const used = Object.values(metafile.outputs).flatMap(({ inputs }) =>
        Object.entries(inputs).flatMap(([path, { bytesInOutput }]) =>
          /zod\/v4\/locales\/(?!en\.|index\.)/.test(path) && bytesInOutput > 200 ? [path] : [],
        ),
      );
      expect(used, name).toEqual([]);
    }
  });
});
