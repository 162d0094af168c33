import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';

const Answer = z.union([
  z.object({ statusCode: z.number() }).transform(({ statusCode }) => ({ statusCode })),
  z
    .object({ uri: z.string(), headers: z.record(z.string(), z.object({ value: z.string() })) })
    .transform(({ uri, headers }) => ({
      uri,
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, { value }]) => [name, value]),
      ),
    })),
]);

/** Runs the function as CloudFront does: a script whose `handler` gets an event. */
function run(name: string, uri: string, headers: Record<string, string> = {}) {
  const source = readFileSync(new URL(`../../lib/edge/${name}.js`, import.meta.url), 'utf8');
  const handler: (event: unknown) => unknown = new Function(`${source}; return handler;`)();
  const given = Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, { value }]));
  return Answer.parse(
    handler({ request: { method: 'GET', uri, headers: given, querystring: {} } }),
  );
}

describe('the edge before the WebSocket APIs', () => {
  it('turns the path of a charger into headers, as it came', () => {
    expect(run('rewrite-socket-path', '/ocpp/demo/CP%20001%2FA', { host: 'ev.example' })).toEqual({
      uri: '/',
      headers: {
        host: 'ev.example',
        'x-public-host': 'ev.example',
        'x-viewer-protocol': '',
        'x-ocpp-organization': 'demo',
        'x-ocpp-identity': 'CP%20001%2FA',
      },
    });
  });

  it('turns the path of a live stream into a header', () => {
    expect(run('rewrite-socket-path', '/live/lt_abc', { host: 'ev.example' })).toEqual({
      uri: '/',
      headers: {
        host: 'ev.example',
        'x-public-host': 'ev.example',
        'x-viewer-protocol': '',
        'x-live-ticket': 'lt_abc',
      },
    });
  });

  it('lets nobody speak for another charger or stream by a header', () => {
    const forged = {
      'x-ocpp-organization': 'other',
      'x-ocpp-identity': 'CP2',
      'x-live-ticket': 'x',
    };
    expect(run('rewrite-socket-path', '/ocpp/demo/CP1', forged)).toMatchObject({
      headers: { 'x-ocpp-organization': 'demo', 'x-ocpp-identity': 'CP1' },
    });
    expect(run('rewrite-socket-path', '/ocpp/demo/CP1', forged)).not.toHaveProperty(
      'headers.x-live-ticket',
    );
    expect(run('rewrite-socket-path', '/live/real', forged)).toMatchObject({
      headers: { 'x-live-ticket': 'real' },
    });
  });

  it('keeps the credentials and the WebSocket handshake', () => {
    const handshake = { authorization: 'Basic Q1A6cHc=', 'sec-websocket-protocol': 'ocpp1.6' };
    expect(run('rewrite-socket-path', '/ocpp/demo/CP1', handshake)).toMatchObject({
      headers: handshake,
    });
  });

  it.each(['/ocpp', '/ocpp/demo', '/ocpp/demo/', '/ocpp//CP1', '/ocpp/demo/CP1/x', '/live/', '/x'])(
    'knows no %s',
    (uri) => {
      expect(run('rewrite-socket-path', uri)).toEqual({ statusCode: 404 });
    },
  );
});

describe('the edge before the REST API', () => {
  it('tells it the host the client used, whatever the client says', () => {
    const headers = { host: 'ev.example', 'x-public-host': 'evil.example' };
    expect(run('forward-host', '/v1/sites', headers)).toEqual({
      uri: '/v1/sites',
      headers: { host: 'ev.example', 'x-public-host': 'ev.example' },
    });
  });
});
