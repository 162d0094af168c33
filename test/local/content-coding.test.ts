import { request } from 'node:http';
import { gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { sandbox } from '#local/sandbox.ts';
import { aHost, call } from '#test/support/local-host.ts';

/** As the wire has it: fetch would unpack by itself. */
const get = (url: string, accepted: string) =>
  new Promise<{ coding: string | undefined; bytes: Buffer }>((resolve, reject) => {
    const headers = { Authorization: `Bearer ${sandbox.apiKey}`, 'Accept-Encoding': accepted };
    request(url, { headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ coding: response.headers['content-encoding'], bytes: Buffer.concat(chunks) }),
      );
    })
      .once('error', reject)
      .end();
  });

describe('a long answer', () => {
  it.each([
    ['gzip', 'gzip, deflate, br', gunzipSync],
    ['deflate', 'br, deflate', inflateSync],
    ['deflate', 'gzip;q=0, deflate;q=0.5', inflateSync],
  ])('comes as %s to who takes %s', async (coding, accepted, unpack) => {
    const { api } = await aHost();
    const plain = await get(`${api}/v1/openapi.json`, 'identity');
    const packed = await get(`${api}/v1/openapi.json`, accepted);
    expect([plain.coding, packed.coding]).toEqual([undefined, coding]);
    expect(unpack(packed.bytes).equals(plain.bytes)).toBe(true);
    expect(packed.bytes.length).toBeLessThan(plain.bytes.length / 4);
  });

  it('comes as it is to who takes no coding of ours, and a short one to everybody', async () => {
    const { api } = await aHost();
    expect((await get(`${api}/v1/openapi.json`, 'br')).coding).toBe(undefined);
    expect((await get(`${api}/v1/whoami`, 'gzip')).coding).toBe(undefined);
  });
});

describe('a packed request', () => {
  const send = async (body: Buffer, coding: string) =>
    call(await aHost(), '/v1/sites', {
      method: 'POST',
      body,
      headers: { 'Content-Encoding': coding },
    });

  it('is unpacked', async () => {
    const body = gzipSync(JSON.stringify({ id: 'PACKED-1', name: 'Packed' }));
    expect((await send(body, 'gzip')).status).toBe(201);
  });

  it.each([
    ['of another coding', 415, 'unsupported_media_type', 'br', Buffer.from('{}')],
    ['that is not what it says', 400, 'invalid_request', 'gzip', Buffer.from('{}')],
    [
      'that unpacks to more than 10 MB',
      413,
      'payload_too_large',
      'gzip',
      gzipSync('x'.repeat(11 * 1024 * 1024)),
    ],
  ])('%s is refused with %i', async (_, status, code, coding, body) => {
    const refused = await send(body, coding);
    expect([refused.status, await refused.json()]).toMatchObject([status, { code }]);
  });
});
