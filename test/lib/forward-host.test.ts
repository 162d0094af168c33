import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import * as z from 'zod';

const source = readFileSync(new URL('../../lib/edge/forward-host.js', import.meta.url), 'utf8');
const Forwarded = z.object({ headers: z.record(z.string(), z.object({ value: z.string() })) });

/** A request as CloudFront hands it to the function. */
function forward(sent: Record<string, string>, ip: string) {
  const headers = Object.fromEntries(
    Object.entries(sent).map(([name, value]) => [name, { value }]),
  );
  const handler: unknown = runInNewContext(`${source};handler`);
  if (typeof handler !== 'function') throw new Error('The edge has no handler');
  const answer = Forwarded.parse(handler({ viewer: { ip }, request: { uri: '/v1/x', headers } }));
  return Object.fromEntries(
    Object.entries(answer.headers).map(([name, { value }]) => [name, value]),
  );
}

test('the REST API is told the host and the address of the client', () => {
  expect(forward({ host: 'api.example.com', accept: '*/*' }, '2001:db8::7')).toEqual({
    host: 'api.example.com',
    accept: '*/*',
    'x-public-host': 'api.example.com',
    'x-viewer-address': '2001:db8::7',
  });
});

test('what a client says of its own address is lost', () => {
  const forged = { 'x-viewer-address': '198.51.100.9', 'x-public-host': 'evil.example' };
  expect(forward({ host: 'api.example.com', ...forged }, '203.0.113.7')).toMatchObject({
    'x-public-host': 'api.example.com',
    'x-viewer-address': '203.0.113.7',
  });
});
