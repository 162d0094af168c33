import { describe, test } from 'vitest';
import { endpoint as create } from '#functions/api/sites/create-site.ts';
import { endpoint as get } from '#functions/api/sites/get-site.ts';
import { endpoint as list } from '#functions/api/sites/list-sites.ts';
import { endpoint as update } from '#functions/api/sites/update-site.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { aCharger, anOnlineCharger, keyOfSites } from '#test/support/fake-charger.ts';
import { clearOutbox, recordedEvents } from '#test/support/outbox.ts';

const mall = { id: 'BLR-IND', name: 'Indiranagar Mall' };
const make = (ctx: TestContext, body: object = mall, headers = {}) =>
  call(ctx, create, { body, headers });
const read = (ctx: TestContext, site_id = 'BLR-IND') => call(ctx, get, { params: { site_id } });
const patch = (ctx: TestContext, body: object, headers = {}) =>
  call(ctx, update, { params: { site_id: 'BLR-IND' }, body, headers });

describe('createSite', () => {
  test('makes a site, open, in the time zone of India unless told otherwise', async ({
    expect,
  }) => {
    const ctx = testContext();
    const { status, headers, body } = await make(ctx);
    expect([status, headers['Location']]).toEqual([201, '/v1/sites/BLR-IND']);
    expect(body).toMatchObject({
      ...mall,
      status: 'open',
      access: { type: 'public', driver_labels: [] },
      local_list: null,
      timezone: 'Asia/Kolkata',
      counts: {},
      chargers: 0,
      resource_version: 1,
    });
    expect((await read(ctx)).body).toEqual(body);
    expect(recordedEvents(ctx)).toMatchObject([
      { type: 'site.created', subject: 'BLR-IND', object: body, scope: { site_id: 'BLR-IND' } },
    ]);
  });

  test('refuses an id that is taken, and repeats under the same key', async ({ expect }) => {
    const ctx = testContext();
    const key = { 'idempotency-key': 'k' };
    const first = await make(ctx, mall, key);
    expect((await make(ctx, mall, key)).body).toEqual(first.body);
    const again = await make(ctx);
    expect([again.status, again.body['code']]).toEqual([409, 'conflict']);
    expect((await make(ctx.as({ tenantId: 'other' }))).status).toBe(201);
  });

  test('refuses a key that is of some sites', async ({ expect }) => {
    const { status, body } = await make(testContext().as(keyOfSites('BLR-KOR')));
    expect([status, body['code']]).toEqual([403, 'site_restricted']);
  });

  test.for([
    [{ id: 'BLR-IND' }, 'name'],
    [{ ...mall, timezone: 'Mars/Base' }, 'timezone'],
    [{ ...mall, geo: { lat: 91, lng: 0 } }, 'geo.lat'],
    [{ ...mall, address: { line1: 'x', city: 'y', country: 'India' } }, 'address.country'],
    [{ ...mall, id: 'a/b' }, 'id'],
  ] as const)('refuses %j', async ([body, field], { expect }) => {
    const { status, body: problem } = await make(testContext(), body);
    expect(status).toBe(422);
    expect(problem).toMatchObject({ code: 'validation_failed', errors: [{ field }] });
  });
});

describe('getSite', () => {
  test('counts chargers, and connectors by their status', async ({ expect }) => {
    const ctx = testContext();
    await make(ctx);
    await anOnlineCharger(ctx, 'A-1', { site_id: 'BLR-IND', connectors: [{ id: 1 }, { id: 2 }] });
    await aCharger(ctx, 'A-2', { site_id: 'BLR-IND' });
    await aCharger(ctx, 'A-3');
    expect((await read(ctx)).body).toMatchObject({
      chargers: 2,
      counts: { Available: 2, Unavailable: 1 },
    });
  });

  test('knows no site of others, nor one that the key is not for', async ({ expect }) => {
    const ctx = testContext();
    await make(ctx);
    expect((await read(ctx.as({ tenantId: 'other' }))).status).toBe(404);
    expect((await read(ctx.as(keyOfSites('BLR-KOR')))).status).toBe(404);
    expect((await read(ctx, 'BLR-XXX')).status).toBe(404);
  });
});

describe('updateSite', () => {
  test('makes no version of a patch that changes nothing', async ({ expect }) => {
    const ctx = testContext();
    await make(ctx);
    clearOutbox(ctx);
    expect((await patch(ctx, { name: mall.name })).body).toMatchObject({ resource_version: 1 });
    expect(recordedEvents(ctx)).toEqual([]);
  });

  test('changes what it is given, clears what is null, and tells what was before', async ({
    expect,
  }) => {
    const ctx = testContext();
    await make(ctx, { ...mall, external_ref: 'A', amenities: ['food'] });
    clearOutbox(ctx);
    const { status, body } = await patch(ctx, { external_ref: null, status: 'closed' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      external_ref: null,
      status: 'closed',
      amenities: ['food'],
      resource_version: 2,
    });
    expect(recordedEvents(ctx)).toMatchObject([
      { type: 'site.updated', previous: { external_ref: 'A', status: 'open' } },
    ]);
  });

  test('refuses who read an older version, and who is someone else', async ({ expect }) => {
    const ctx = testContext();
    await make(ctx);
    expect((await patch(ctx, { name: 'A' }, { 'if-match': '"1"' })).status).toBe(200);
    const late = await patch(ctx, { name: 'B' }, { 'if-match': '"1"' });
    expect([late.status, late.body['code']]).toEqual([412, 'etag_mismatch']);
    expect((await patch(ctx.as({ tenantId: 'other' }), { name: 'C' })).status).toBe(404);
    expect((await patch(ctx.as(keyOfSites('BLR-KOR')), { name: 'C' })).status).toBe(404);
    expect((await read(ctx)).body).toMatchObject({ name: 'A' });
  });
});

describe('listSites', () => {
  const idsOf = async (ctx: TestContext, query: object = {}) => {
    const { body } = await call(ctx, list, { query: { ...query } });
    const sites = Array.isArray(body['sites']) ? body['sites'] : [];
    return { ids: sites.map((s) => s.id), total: body['total'], next: body['next_cursor'] };
  };

  test('counts all, and gives them a page at a time', async ({ expect }) => {
    const ctx = testContext();
    for (const id of ['C', 'A', 'B']) await make(ctx, { id, name: id });
    const first = await idsOf(ctx, { limit: 2 });
    expect(first).toMatchObject({ ids: ['A', 'B'], total: 3 });
    const second = await idsOf(ctx, { limit: 2, cursor: first.next });
    expect(second).toEqual({ ids: ['C'], total: 3, next: null });
  });

  test('narrows by status and ids, and to the sites of the key', async ({ expect }) => {
    const ctx = testContext();
    for (const id of ['BLR-IND', 'BLR-KOR']) await make(ctx, { id, name: id });
    await patch(ctx, { status: 'closed' });
    expect((await idsOf(ctx, { status: 'open' })).ids).toEqual(['BLR-KOR']);
    expect((await idsOf(ctx, { ids: 'BLR-IND,BLR-XXX' })).ids).toEqual(['BLR-IND']);
    expect(await idsOf(ctx.as(keyOfSites('BLR-KOR')))).toEqual({
      ids: ['BLR-KOR'],
      total: 1,
      next: null,
    });
    expect((await idsOf(ctx.as({ tenantId: 'other' }))).ids).toEqual([]);
  });
});
