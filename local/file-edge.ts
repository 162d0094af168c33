import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { runInNewContext } from 'node:vm';
import * as z from 'zod';

const source = new URL('../lib/edge/open-file-path.js', import.meta.url);

const Verdict = z.union([
  z.object({ statusCode: z.int() }).transform(({ statusCode }) => ({ refusal: statusCode })),
  z.object({ uri: z.string() }).transform(({ uri }) => ({ path: uri.slice(1) })),
]);

/** Where in the store a request leads, or the status it is refused with. */
export type FileVerdict = z.infer<typeof Verdict>;

/**
 * The CloudFront Function in front of the store of files, run from its own source, so that what is
 * deployed is what runs here.
 */
export function fileEdge(key: string): (request: IncomingMessage) => FileVerdict {
  const code = readFileSync(source, 'utf8').replace('{{KEY}}', key);
  const require = (name: string) => {
    if (name !== 'crypto') throw new Error(`The edge has no module ${name}`);
    return { createHash, createHmac };
  };
  const handler: unknown = runInNewContext(`${code};handler`, { require });
  if (typeof handler !== 'function') throw new Error('The edge has no handler');
  return ({ method, url = '/', headers }) => {
    const [uri] = url.split('?', 1);
    const length = headers['content-length'];
    const seen = length === undefined ? {} : { 'content-length': { value: length } };
    return Verdict.parse(handler({ request: { method, uri, querystring: {}, headers: seen } }));
  };
}
