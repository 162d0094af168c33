import { describe, test } from 'vitest';
import { endpoint as clearCache } from '#functions/api/commands/clear-authorization-cache.ts';
import { endpoint as startSession } from '#functions/api/sessions/start-session.ts';
import { endpoint as stopSession } from '#functions/api/sessions/stop-session.ts';
import { takeRequest } from '#shared/http/rate-limit.ts';
import { aWrite } from '#test/http/an-endpoint.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { anOnlineCharger } from '#test/support/fake-charger.ts';

/** A charger's quota of 60 commands a minute, but for `left` of them. */
async function leave(ctx: TestContext, left: number, charger = 'BLR-014') {
  for (let n = left; n < 60; n++) await takeRequest(ctx, `${ctx.tenantId}#${charger}`, 'device');
}
const command = (ctx: TestContext, charger = 'BLR-014', headers = {}) =>
  call(ctx, clearCache, { params: { charger_id: charger }, body: {}, headers });
const start = (ctx: TestContext) =>
  call(ctx, startSession, { body: { charger_id: 'BLR-014', connector: 1, auth_method: 'api' } });

async function aStation() {
  const ctx = testContext();
  await anOnlineCharger(ctx);
  await anOnlineCharger(ctx, 'BLR-015');
  return ctx;
}

describe('the quota of a charger', () => {
  test('is told beside the own one, and lets 60 commands a minute through', async ({ expect }) => {
    const ctx = await aStation();
    await leave(ctx, 1);
    const last = await command(ctx);
    expect(last.status).toBe(202);
    expect(last.headers).toMatchObject({
      'RateLimit-Policy': '"default";q=1000;w=60, "device";q=60;w=60',
      RateLimit: '"default";r=999;t=60, "device";r=0;t=60',
      'X-RateLimit-Remaining': '999',
    });
    const refused = await command(ctx);
    expect(refused).toMatchObject({
      status: 429,
      body: {
        code: 'rate_limited',
        detail: 'At most 60 commands a minute for one charger; wait 61 s.',
      },
    });
    // The window's 60 s, and 1 s until one of its 60 has slid out.
    expect(refused.headers['Retry-After']).toBe('61');
    ctx.tick(61_000);
    expect((await command(ctx)).status).toBe(202);
  });

  test('is the same whoever asks, and for whatever', async ({ expect }) => {
    const ctx = await aStation();
    await leave(ctx, 1);
    await command(ctx);
    const other = ctx.as({ actor: { kind: 'api_key', id: 'key_other', scopes: ['*'] } });
    expect((await command(other)).status).toBe(429);
    expect((await start(other)).status).toBe(429);
  });

  test('is its own: not that of another charger, nor of one so called elsewhere', async ({
    expect,
  }) => {
    const ctx = await aStation();
    await leave(ctx, 0);
    expect((await command(ctx, 'BLR-015')).status).toBe(202);
    const far = ctx.as({ tenantId: 'far' });
    expect((await command(far)).body['code']).not.toBe('rate_limited');
  });

  test('never keeps anybody from stopping a session', async ({ expect }) => {
    const ctx = await aStation();
    const started = await start(ctx);
    await leave(ctx, 0);
    const params = { session_id: started.body['session_id'] };
    expect((await call(ctx, stopSession, { params })).status).toBe(200);
  });

  test('is not taken from by a repeat that gets the first answer', async ({ expect }) => {
    const ctx = await aStation();
    await leave(ctx, 2);
    const once = { 'idempotency-key': 'one' };
    const [first, again] = [
      await command(ctx, 'BLR-014', once),
      await command(ctx, 'BLR-014', once),
    ];
    expect(again.text).toBe(first.text);
    expect((await command(ctx)).status).toBe(202);
    expect((await command(ctx)).status).toBe(429);
  });

  test('lets what it refused go through later, under the same Idempotency-Key', async ({
    expect,
  }) => {
    const ctx = await aStation();
    await leave(ctx, 0);
    const once = { 'idempotency-key': 'one' };
    expect((await command(ctx, 'BLR-014', once)).status).toBe(429);
    ctx.tick(61_000);
    expect((await command(ctx, 'BLR-014', once)).status).toBe(202);
  });
});

test('what moves a great deal is 30 times a minute for each credential', async ({ expect }) => {
  const ctx = testContext();
  const endpoint = aWrite(undefined, { quota: 'export' });
  const ask = (who: TestContext) => call(who, endpoint, { body: { name: 'a' } });
  for (let n = 0; n < 30; n++) expect((await ask(ctx)).status).toBe(201);
  expect((await ask(ctx)).status).toBe(429);
  const other = ctx.as({ actor: { kind: 'api_key', id: 'key_other', scopes: ['*'] } });
  expect((await ask(other)).headers['RateLimit']).toBe('"default";r=999;t=60, "export";r=29;t=60');
});
