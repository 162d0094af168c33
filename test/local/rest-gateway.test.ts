import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Served } from '#local/served.ts';
import { aHost, call } from '#test/support/local-host.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

const MB = 1024 * 1024;
const List = z.object({ chargers: z.array(z.object({ id: z.string(), site_id: z.string() })) });

describe('the REST API', () => {
  it('answers an unknown path with a problem document and a request id', async () => {
    const host = await aHost();
    const answer = await call(host, '/v1/nothing/here?a=b');
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    const requestId = answer.headers.get('x-request-id');
    expect(requestId).toMatch(/^req_/);
    expect(await answer.json()).toMatchObject({
      status: 404,
      code: 'not_found',
      instance: '/v1/nothing/here',
      request_id: requestId,
    });
  });

  it('says which methods a path has, to one that asks with another', async () => {
    const host = await aHost();
    for (const method of ['TRACE', 'PUT', 'HEAD']) {
      const status = await new Promise((resolve, reject) => {
        request(`${host.api}/v1/chargers/BLR-014`, { method }, (answer) =>
          resolve([answer.resume().statusCode, answer.headers.allow]),
        )
          .on('error', reject)
          .end();
      });
      expect(status, method).toEqual([405, 'DELETE, GET, PATCH']);
    }
  });

  it('refuses a call without a credential and one with a wrong one', async () => {
    const host = await aHost();
    const nobody = await fetch(`${host.api}/v1/chargers`);
    expect(nobody.status).toBe(401);
    expect(await nobody.json()).toMatchObject({ code: 'unauthenticated' });
    const wrong = await call(host, '/v1/chargers', {
      headers: { Authorization: 'Bearer mk_test_x' },
    });
    expect(wrong.status).toBe(401);
  });

  it('lists the five chargers of the sandbox, at their site', async () => {
    const host = await aHost();
    const { chargers } = List.parse(await (await call(host, '/v1/chargers')).json());
    expect(chargers.map(({ id, site_id }) => `${site_id} ${id}`)).toEqual(
      [11, 12, 13, 14, 15].map((n) => `BLR-IND BLR-0${n}`),
    );
  });

  it('hands a path parameter on as it was sent, with what it encodes', async () => {
    const host = await aHost();
    const body = JSON.stringify({ id: 'A B=C', security_profile: 0 });
    expect((await call(host, '/v1/chargers', { method: 'POST', body })).status).toBe(201);
    const found = await call(host, '/v1/chargers/A%20B%3DC');
    expect(await found.json()).toMatchObject({ id: 'A B=C' });
  });

  it('refuses a body above 10 MB', async () => {
    const host = await aHost();
    for (const size of [10 * MB + 1, 30 * MB]) {
      const answer = await call(host, '/v1/chargers', { method: 'POST', body: 'x'.repeat(size) });
      expect(answer.status).toBe(413);
      expect(await answer.json()).toMatchObject({ code: 'payload_too_large' });
    }
  });

  it('answers a client that offers HTTP/2 by an upgrade, as Java does', async () => {
    const host = await aHost();
    const status = await new Promise((resolve, reject) => {
      const headers = {
        Connection: 'Upgrade, HTTP2-Settings',
        Upgrade: 'h2c',
        'HTTP2-Settings': '',
      };
      request(`${host.api}/v1/nothing`, { headers }, (answer) =>
        resolve(answer.resume().statusCode),
      )
        .on('error', reject)
        .end();
    });
    expect(status).toBe(404);
  });

  it('outlives a client that goes in the middle of its request', async () => {
    const served: Served[] = [];
    const host = await aHost({ onServed: (one) => served.push(one) });
    const sent = request(`${host.api}/v1/chargers`, { method: 'POST' });
    sent.on('error', () => {});
    sent.setHeader('Content-Length', '1000');
    await new Promise((done) => sent.write('{', done));
    sent.destroy();
    expect((await call(host, '/v1/chargers')).status).toBe(200);
    expect(served.map(({ method }) => method)).toEqual(['GET']);
  });

  it('says its own URLs, whatever host a client claims to have come to', async () => {
    const host = await aHost();
    const created = await call(host, '/v1/chargers', {
      method: 'POST',
      body: JSON.stringify({ id: 'URL-1' }),
      headers: { 'X-Public-Host': 'evil.example' },
    });
    expect(await created.json()).toMatchObject({ ocpp_url: `${host.ocpp}/URL-1` });
  });

  it('keeps what was stored over a restart', async () => {
    const dataDir = temporaryFolder();
    const first = await aHost({ dataDir });
    const body = JSON.stringify({ id: 'KEPT-1' });
    await call(first, '/v1/chargers', { method: 'POST', body });
    await first.close();
    const second = await aHost({ dataDir });
    expect((await call(second, '/v1/chargers/KEPT-1')).status).toBe(200);
    await second.close();
    const third = await aHost({ dataDir, reset: true });
    expect((await call(third, '/v1/chargers/KEPT-1')).status).toBe(404);
  });
});
