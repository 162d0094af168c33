import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/**
 * tsyringe, which @peculiar/x509 uses, throws where its polyfill was not loaded before it. Importing that
 * first, as shared/certificates/x509.ts does, is no order that a bundle in chunks keeps: so the file that
 * asks for it brings it along.
 */
export const polyfilled: Plugin = {
  name: 'polyfilled',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]tsyringe[\\/]dist[\\/]esm5[\\/]index\.js$/ }, async ({ path }) => ({
      contents: `import 'reflect-metadata';\n${await readFile(path, 'utf8')}`,
    })),
};
