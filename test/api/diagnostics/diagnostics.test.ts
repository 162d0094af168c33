import { describe, expect, it } from 'vitest';
import { endpoint as listDiagnostics } from '#functions/api/diagnostics/list-diagnostics.ts';
import { endpoint as requestDiagnostics } from '#functions/api/diagnostics/request-diagnostics.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { aCharger, anOnlineCharger, keyOfSites } from '#test/support/fake-charger.ts';
import { settle } from '#test/support/settle.ts';

const params = { charger_id: 'BLR-014' };
const ask = (ctx: TestContext, body: object = {}, more: object = {}) =>
  call(ctx, requestDiagnostics, { params, body, ...more });
const list = async (ctx: TestContext, query: object = {}) =>
  (await call(ctx, listDiagnostics, { params, query: { ...query } })).body['diagnostics'];

describe('requestDiagnostics', () => {
  it('answers 202 with the command, and names the request it carries out', async () => {
    const ctx = testContext();
    await anOnlineCharger(ctx);
    const { status, body } = await ask(ctx, { oldest_at: '2026-05-31T00:00:00+05:30' });
    expect(status).toBe(202);
    expect(body).toMatchObject({ type: 'upload_log', status: 'sent' });
    expect(await list(ctx)).toMatchObject([
      {
        id: body['diagnostics_id'],
        command_id: body['id'],
        status: 'requested',
        oldest_at: '2026-05-30T18:30:00.000Z',
        download_url: null,
      },
    ]);
  });

  it('is repeated with the same key without a second request', async () => {
    const ctx = testContext();
    await anOnlineCharger(ctx);
    const headers = { 'idempotency-key': 'k1' };
    const first = await ask(ctx, {}, { headers });
    expect((await ask(ctx, {}, { headers })).body).toEqual(first.body);
    expect(await list(ctx)).toHaveLength(1);
  });

  it.each([
    ['a kind that is none', { kind: 'all' }, 'kind'],
    [
      'an end before the beginning',
      { oldest_at: '2026-05-31T00:00:00Z', latest_at: '2026-05-30T00:00:00Z' },
      'latest_at',
    ],
    ['a URL of no kind it knows', { upload_url: 'file:///tmp' }, 'upload_url'],
  ])('refuses %s', async (_what, body, field) => {
    const reply = await ask(testContext(), body);
    expect(reply.status).toBe(422);
    expect(reply.body['errors']).toMatchObject([{ field }]);
  });

  it('refuses a charger that has never connected, and one of somebody else', async () => {
    const ctx = testContext();
    await aCharger(ctx);
    expect((await ask(ctx)).body['code']).toBe('charger_not_registered');
    expect((await ask(ctx.as({ tenantId: 'other' }))).status).toBe(404);
    expect((await ask(ctx.as(keyOfSites('BLR-IND')))).status).toBe(404);
  });
});

describe('listDiagnostics', () => {
  it('gives a link to whoever may see the charger, and to nobody else', async () => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    const { body } = await ask(ctx);
    await charger.answer({ fileName: 'log 1/2.zip' });
    ctx.files.store(`diagnostics/demo/${body['diagnostics_id']}`, { size: 5, sha256: null });
    await charger.say('DiagnosticsStatusNotification', { status: 'Uploaded' });
    await settle(ctx);
    const [log] = [await list(ctx, { status: 'uploaded', kind: 'diagnostics' })].flat();
    expect(log).toMatchObject({ id: body['diagnostics_id'], size_bytes: 5 });
    expect(log).toMatchObject({
      download_url: expect.stringMatching(
        /^https:\/\/api\.magma\.test\/files\/.*\/log%201_2\.zip$/,
      ),
    });
    expect(await list(ctx, { status: 'failed' })).toEqual([]);
    expect(await list(ctx, { kind: 'security' })).toEqual([]);
    expect(await list(ctx, { ids: String(body['diagnostics_id']) })).toHaveLength(1);
    expect(await list(ctx.as({ tenantId: 'other' }))).toEqual([]);
    expect(await list(ctx.as(keyOfSites('BLR-IND')))).toEqual([]);
  });

  it('forgets with the store: after 90 days', async () => {
    const ctx = testContext();
    await anOnlineCharger(ctx);
    await ask(ctx);
    ctx.tick(90 * 86_400_000 + 1000);
    expect(await list(ctx)).toEqual([]);
    expect((await ask(ctx)).status).toBe(202);
  });
});
