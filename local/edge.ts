import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { runInNewContext } from 'node:vm';
import * as z from 'zod';
import { viewerHeaders } from '#local/viewer-certificate.ts';

const source = new URL('../lib/edge/rewrite-socket-path.js', import.meta.url);

const Rewritten = z.union([
  z.object({ statusCode: z.int() }),
  z.object({ headers: z.record(z.string(), z.object({ value: z.string() })) }),
]);

/** What the edge says of a WebSocket's path: its own refusal, or headers to go on with. */
export type Verdict = { readonly refusal: number } | { readonly headers: Record<string, string> };

/**
 * The CloudFront Function in front of the WebSocket APIs, run from its own source, so that what is
 * deployed is what runs here. The public host it names is left out: a local host is only itself.
 */
export function socketEdge(): (request: IncomingMessage) => Verdict {
  const code = readFileSync(source, 'utf8').replace('{{CLIENT_CERTIFICATES}}', 'on');
  const handler: unknown = runInNewContext(`${code};handler`);
  if (typeof handler !== 'function') throw new Error('The edge has no handler');
  return (request) => {
    const answer = Rewritten.parse(handler({ request: edgeRequest(request) }));
    if ('statusCode' in answer) return { refusal: answer.statusCode };
    const { 'x-public-host': _host, ...headers } = answer.headers;
    return {
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, { value }]) => [name, value]),
      ),
    };
  };
}

/**
 * A request as CloudFront Functions see it: names in lower case, the path as it came, and of
 * CloudFront's own headers what it says itself, never what a client does.
 */
function edgeRequest(request: IncomingMessage) {
  const { method, url = '/', headers, headersDistinct } = request;
  const [uri] = url.split('?', 1);
  const sent = Object.keys(headers)
    .filter((name) => !name.startsWith('cloudfront-'))
    .map((name) => [name, headersDistinct[name]?.join(', ') ?? '']);
  const all = [...sent, ...Object.entries(viewerHeaders(request))];
  const valued = all.map(([name, value]) => [name, { value }]);
  return { method, uri, querystring: {}, headers: Object.fromEntries(valued) };
}
