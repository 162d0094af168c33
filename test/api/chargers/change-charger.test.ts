import { describe, test } from 'vitest';
import { endpoint as remove } from '#functions/api/chargers/delete-charger.ts';
import { endpoint as getCharger } from '#functions/api/chargers/get-charger.ts';
import { endpoint as list } from '#functions/api/chargers/list-chargers.ts';
import { endpoint as update } from '#functions/api/chargers/update-charger.ts';
import { endpoint as getSession } from '#functions/api/sessions/get-session.ts';
import type { Endpoint } from '#shared/http/endpoint.ts';
import { createSite } from '#shared/sites/manage-sites.ts';
import { NewSite } from '#shared/sites/site.ts';
import { aCharge } from '#test/support/a-charge.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { aCharger, anOnlineCharger, keyOfSites } from '#test/support/fake-charger.ts';
import { clearOutbox, recordedEvents } from '#test/support/outbox.ts';

const on =
  (endpoint: Endpoint) =>
  (ctx: TestContext, body?: object, headers = {}) =>
    call(ctx, endpoint, {
      params: { charger_id: 'BLR-014' },
      headers,
      ...(body ? { body } : {}),
    });
const read = on(getCharger);
const patch = on(update);
const retire = on(remove);
const aSite = (ctx: TestContext, id: string) => createSite(ctx, NewSite.parse({ id, name: id }));

describe('getCharger', () => {
  test('shows what the charger said of itself, and how it is connected', async ({ expect }) => {
    const ctx = testContext();
    await anOnlineCharger(ctx);
    const { status, headers, body } = await read(ctx);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      vendor_name: 'Magma',
      model: 'MX-EV-22',
      ocpp_version: '1.6',
      connectivity: { state: 'online', since: '2026-06-01T04:30:00.000Z' },
    });
    expect(headers['ETag']).toBe(`"${body['resource_version']}"`);
    const again = await read(ctx, undefined, { 'if-none-match': headers['ETag'] ?? '' });
    expect(again.status).toBe(304);
  });

  test('knows no charger of others, nor of a site that the key is not for', async ({ expect }) => {
    const ctx = testContext();
    await aSite(ctx, 'BLR-IND');
    await aCharger(ctx, 'BLR-014', { site_id: 'BLR-IND' });
    expect((await read(ctx.as({ tenantId: 'other' }))).status).toBe(404);
    expect((await read(ctx.as(keyOfSites('BLR-KOR')))).status).toBe(404);
    expect((await read(ctx.as(keyOfSites('BLR-IND')))).status).toBe(200);
  });
});

describe('updateCharger', () => {
  test('never lets metadata grow past what a charger may have, by however many patches', async ({
    expect,
  }) => {
    const ctx = testContext();
    await aCharger(ctx);
    const some = (from: number, count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`key${from + n}`, 'x']));
    expect((await patch(ctx, { metadata: some(0, 50) })).status).toBe(200);
    const more = await patch(ctx, { metadata: some(50, 1) });
    expect(more).toMatchObject({ status: 422, body: { errors: [{ field: 'metadata' }] } });
    expect((await patch(ctx, { metadata: { key0: null, key50: 'x' } })).status).toBe(200);
    expect((await read(ctx)).status).toBe(200);
  });

  test('refuses a key of metadata without a name as it does any wrong field', async ({
    expect,
  }) => {
    const ctx = testContext();
    await aCharger(ctx);
    expect((await patch(ctx, { metadata: { '': 'x' } })).status).toBe(422);
  });

  test('makes no version of a patch that changes nothing', async ({ expect }) => {
    const ctx = testContext();
    await aCharger(ctx);
    const { body: before } = await read(ctx);
    clearOutbox(ctx);
    const { status, body } = await patch(ctx, { id: 'OTHER', labels: [] });
    expect([status, body]).toEqual([200, before]);
    expect(recordedEvents(ctx)).toEqual([]);
  });

  test('changes what it is given, leaves the rest, and tells what was before', async ({
    expect,
  }) => {
    const ctx = testContext();
    await aCharger(ctx, 'BLR-014', { name: 'Bay 17', metadata: { bay: '17', floor: 'B2' } });
    clearOutbox(ctx);
    const { status, body } = await patch(ctx, {
      name: 'Bay 18',
      metadata: { bay: '18', floor: null },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ name: 'Bay 18', metadata: { bay: '18' } });
    expect((await read(ctx)).body).toEqual(body);
    expect(recordedEvents(ctx)).toMatchObject([
      {
        type: 'charger.updated',
        previous: { name: 'Bay 17', metadata: { bay: '17', floor: 'B2' } },
        object: { name: 'Bay 18' },
      },
    ]);
  });

  test('moves a charger between sites, and their counts with it', async ({ expect }) => {
    const ctx = testContext();
    await aSite(ctx, 'BLR-IND');
    await aSite(ctx, 'BLR-KOR');
    await aCharger(ctx, 'BLR-014', { site_id: 'BLR-IND' });
    const countAt = async (site_id: string) =>
      (await call(ctx, list, { query: { site_id } })).body['total'];
    await patch(ctx, { site_id: 'BLR-KOR' });
    expect([await countAt('BLR-IND'), await countAt('BLR-KOR')]).toEqual([0, 1]);
    await patch(ctx, { site_id: null });
    expect([await countAt('BLR-IND'), await countAt('BLR-KOR')]).toEqual([0, 0]);
  });

  test('refuses who read an older version', async ({ expect }) => {
    const ctx = testContext();
    await aCharger(ctx);
    const seen = { 'if-match': (await read(ctx)).headers['ETag'] ?? '' };
    expect((await patch(ctx, { name: 'A' }, seen)).status).toBe(200);
    const late = await patch(ctx, { name: 'B' }, seen);
    expect([late.status, late.body['code']]).toEqual([412, 'etag_mismatch']);
    expect((await read(ctx)).body).toMatchObject({ name: 'A' });
  });

  test('refuses a site that is not there, or none where the key is of some', async ({ expect }) => {
    const ctx = testContext();
    await aSite(ctx, 'BLR-IND');
    await aCharger(ctx, 'BLR-014', { site_id: 'BLR-IND' });
    const unknown = await patch(ctx, { site_id: 'BLR-XXX' });
    expect(unknown.status).toBe(422);
    expect(unknown.body).toMatchObject({ errors: [{ field: 'site_id', code: 'not_found' }] });
    const away = await patch(ctx.as(keyOfSites('BLR-IND')), { site_id: null });
    expect([away.status, away.body['code']]).toEqual([403, 'site_restricted']);
  });

  test('knows no charger of others', async ({ expect }) => {
    const ctx = testContext();
    await aCharger(ctx);
    expect((await patch(ctx.as({ tenantId: 'other' }), { name: 'A' })).status).toBe(404);
  });
});

describe('deleteCharger', () => {
  test('closes the socket and takes the charger off every list', async ({ expect }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    clearOutbox(ctx);
    const { status, text } = await retire(ctx);
    expect([status, text]).toEqual([204, '']);
    expect(ctx.sockets.ocpp.closed).toMatchObject([{ connectionId: charger.connectionId }]);
    expect((await call(ctx, list)).body).toMatchObject({ chargers: [], total: 0 });
    expect((await read(ctx)).status).toBe(404);
    expect((await retire(ctx)).status).toBe(404);
    expect(recordedEvents(ctx).map((e) => e.type)).toEqual(['charger.deleted']);
  });

  test('keeps its sessions', async ({ expect }) => {
    const ctx = testContext();
    const charge = await aCharge(ctx);
    await charge.end(2000);
    expect((await retire(ctx)).status).toBe(204);
    const session = await call(ctx, getSession, { params: { session_id: charge.id } });
    expect(session.body).toMatchObject({ status: 'ended', charger_id: 'BLR-014' });
  });

  test('refuses while a session is open', async ({ expect }) => {
    const ctx = testContext();
    await aCharge(ctx);
    const { status, body } = await retire(ctx);
    expect([status, body['code']]).toEqual([409, 'connector_in_use']);
  });

  test('refuses who read an older version, and who is someone else', async ({ expect }) => {
    const ctx = testContext();
    await aCharger(ctx);
    const late = await retire(ctx, undefined, { 'if-match': '"999"' });
    expect([late.status, late.body['code']]).toEqual([412, 'etag_mismatch']);
    expect((await retire(ctx.as({ tenantId: 'other' }))).status).toBe(404);
    expect((await read(ctx)).status).toBe(200);
  });
});
