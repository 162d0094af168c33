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
function run(
  name: string,
  uri: string,
  headers: Record<string, string> = {},
  settings: Record<string, string> = {},
) {
  const file = readFileSync(new URL(`../../lib/edge/${name}.js`, import.meta.url), 'utf8');
  const source = Object.entries(settings).reduce(
    (text, [setting, value]) => text.replace(`{{${setting}}}`, value),
    file,
  );
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

  const shown = {
    'cloudfront-viewer-cert-present': '1',
    'cloudfront-viewer-cert-sha256': 'ab'.repeat(32),
    'cloudfront-viewer-cert-subject': 'CN=CP1',
    'cloudfront-viewer-cert-issuer': 'CN=CA',
  };

  it('tells which certificate a charger showed, where the edge asks for them', () => {
    const told = run('rewrite-socket-path', '/ocpp/demo/CP1', shown, { CLIENT_CERTIFICATES: 'on' });
    expect(told).toMatchObject({
      headers: {
        'x-viewer-cert-sha256': 'ab'.repeat(32),
        'x-viewer-cert-subject': 'CN=CP1',
        'x-viewer-cert-issuer': 'CN=CA',
      },
    });
  });

  it.each([
    ['off', shown],
    // As the file stands in the repository.
    ['{{CLIENT_CERTIFICATES}}', shown],
    ['on', { ...shown, 'cloudfront-viewer-cert-present': '0' }],
    ['on', { 'x-viewer-cert-sha256': 'ab'.repeat(32), 'x-viewer-cert-subject': 'CN=CP1' }],
  ])('tells of no certificate that was not verified (%s, %j)', (on, headers) => {
    const told = run('rewrite-socket-path', '/ocpp/demo/CP1', headers, { CLIENT_CERTIFICATES: on });
    expect(JSON.stringify(told)).not.toMatch(/x-viewer-cert/);
  });

  it('tells how a charger came: as CloudFront says, and TLS where there is nothing else', () => {
    const told = (headers: Record<string, string>, PLAIN_TEXT = 'on') =>
      run('rewrite-socket-path', '/ocpp/demo/CP1', headers, { PLAIN_TEXT });
    const forged = { 'x-viewer-protocol': 'https' };
    const http = { 'cloudfront-forwarded-proto': 'http' };
    expect(told({ ...forged, ...http })).toMatchObject({
      headers: { 'x-viewer-protocol': 'http' },
    });
    expect(told(forged)).toMatchObject({ headers: { 'x-viewer-protocol': '' } });
    expect(told({}, 'off')).toMatchObject({ headers: { 'x-viewer-protocol': 'https' } });
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
