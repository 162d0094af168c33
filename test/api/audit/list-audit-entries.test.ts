import { expect, test } from 'vitest';
import { endpoint as listAuditEntries } from '#functions/api/organization/list-audit-entries.ts';
import { endpoint as createSite } from '#functions/api/sites/create-site.ts';
import { endpoint as updateSite } from '#functions/api/sites/update-site.ts';
import { AuditEntry } from '#shared/audit/audit-entry.ts';
import { listOf } from '#shared/http/list.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { anOnlineCharger, keyOfSites } from '#test/support/fake-charger.ts';
import { ask } from '#test/support/isolation/place.ts';
import { settle } from '#test/support/settle.ts';

const DAY = 86_400_000;
const List = listOf('audit_entries', AuditEntry);

const entries = async (ctx: TestContext, query: object = {}) => {
  const reply = await call(ctx, listAuditEntries, { query: { ...query } });
  return List.parse(reply.body).audit_entries;
};
const make = (ctx: TestContext, id: string) =>
  call(ctx, createSite, { body: { id, name: `Site ${id}` } });
const close = (ctx: TestContext, site_id: string, headers = {}) =>
  call(ctx, updateSite, { params: { site_id }, body: { status: 'closed' }, headers });

test('tells who closed a site, when, from where, and what it was before', async () => {
  const ctx = testContext();
  await make(ctx, 'BLR-IND');
  ctx.tick(60_000);
  await close(ctx, 'BLR-IND', { 'user-agent': 'billing/2.3', 'x-correlation-id': 'ticket-9' });
  const [newest, first, ...rest] = await entries(ctx);
  expect(rest).toEqual([]);
  expect(first).toMatchObject({
    action: 'createSite',
    changes: [{ object: 'site', change: 'created', before: null, after: { status: 'open' } }],
  });
  expect(newest).toMatchObject({
    created_at: '2026-06-01T04:31:00.000Z',
    action: 'updateSite',
    actor: { type: 'api_key', id: 'key_test', client_id: null },
    object: { type: 'site', id: 'BLR-IND' },
    site_ids: ['BLR-IND'],
    request: { id: 'req_test', correlation_id: 'ticket-9', user_agent: 'billing/2.3' },
    changes: [
      {
        object: 'site',
        id: 'BLR-IND',
        change: 'updated',
        before: { status: 'open', version: 1 },
        after: { status: 'closed', version: 2 },
      },
    ],
    truncated: false,
  });
});

test('names the person and the client through which the person called', async () => {
  const ctx = testContext();
  await make(ctx, 'BLR-IND');
  const actor = { kind: 'member', id: 'mem_1', scopes: ['*'], clientId: 'oac_1' } as const;
  await close(ctx.as({ actor }), 'BLR-IND');
  const found = await entries(ctx, { actor_type: 'member', actor_id: 'mem_1' });
  expect(found.map((one) => one.actor)).toMatchObject([
    { type: 'member', id: 'mem_1', client_id: 'oac_1' },
  ]);
});

test('a repeat under the same idempotency key leaves no second entry, a refusal none', async () => {
  const ctx = testContext();
  const headers = { 'idempotency-key': 'k1' };
  const body = { id: 'BLR-IND', name: 'Once' };
  await call(ctx, createSite, { body, headers });
  await call(ctx, createSite, { body, headers });
  expect((await make(ctx, 'BLR-IND')).status).toBe(409);
  expect((await close(ctx, 'NOWHERE')).status).toBe(404);
  const found = await entries(ctx);
  expect(found.map(({ request }) => request.idempotency_key)).toEqual(['k1']);
});

test('what nobody asked for, and what changes nothing, leaves no entry', async () => {
  const ctx = testContext();
  await make(ctx, 'BLR-IND');
  const same = { params: { site_id: 'BLR-IND' }, body: { name: 'Site BLR-IND' } };
  await call(ctx, updateSite, same);
  const [newest] = await entries(ctx, { object_id: 'BLR-IND' });
  expect(newest?.action).toBe('createSite');
});

test('finds entries by object, action, request and time, and pages through them', async () => {
  const ctx = testContext();
  for (const id of ['A-1', 'B-2', 'C-3']) {
    ctx.tick(20 * DAY);
    await make(ctx, id);
  }
  await close(ctx, 'B-2');
  const objects = async (query: object) =>
    (await entries(ctx, query)).map(({ action, object }) => `${action} ${object.id}`);
  const all = ['updateSite B-2', 'createSite C-3', 'createSite B-2', 'createSite A-1'];
  expect(await objects({})).toEqual(all);
  expect(await objects({ object_id: 'B-2' })).toEqual(['updateSite B-2', 'createSite B-2']);
  expect(await objects({ object_id: 'B-2', object_type: 'charger' })).toEqual([]);
  expect(await objects({ action: 'updateSite' })).toEqual(['updateSite B-2']);
  expect(await objects({ request_id: 'req_test' })).toEqual(all);
  expect(await objects({ request_id: 'req_other' })).toEqual([]);
  const at = (days: number) =>
    new Date(Date.parse('2026-06-01T04:30:00Z') + days * DAY).toISOString();
  expect(await objects({ created_after: at(40), created_before: at(60) })).toEqual([
    'createSite B-2',
  ]);
  const pages: string[] = [];
  let cursor: unknown;
  do {
    const query = { limit: 1, ...(cursor ? { cursor } : {}) };
    const { body } = await call(ctx, listAuditEntries, { query });
    pages.push(...List.parse(body).audit_entries.map(({ object }) => object.id));
    cursor = body['next_cursor'];
  } while (cursor);
  expect(pages).toEqual(['B-2', 'C-3', 'B-2', 'A-1']);
});

test('what is done at a charger is found by it, whatever object it is about', async () => {
  const ctx = testContext();
  await make(ctx, 'BLR-IND');
  const { id: charger_id } = await anOnlineCharger(ctx, 'BLR-014', { site_id: 'BLR-IND' });
  await ask(ctx, 'resetCharger', { params: { charger_id }, body: { type: 'soft' } });
  const [newest] = await entries(ctx, { charger_id });
  expect(newest).toMatchObject({
    action: 'resetCharger',
    object: { type: 'command' },
    site_ids: ['BLR-IND'],
    changes: [{ after: { type: 'reset', status: 'queued', input: { type: 'soft' } } }],
  });
});

test('what chargers tell, and what follows from a request later, leaves no entry', async () => {
  const ctx = testContext();
  await make(ctx, 'BLR-IND');
  const charger = await anOnlineCharger(ctx, 'BLR-014', { site_id: 'BLR-IND' });
  await charger.say('StatusNotification', {
    connectorId: 1,
    errorCode: 'NoError',
    status: 'Preparing',
  });
  const body = { type: 'reset', input: { type: 'soft' }, charger_ids: ['BLR-014'] };
  await ask(ctx, 'createCommandBatch', { body });
  await settle(ctx);
  expect(charger.calls().at(-1)?.action).toBe('Reset');
  const actions = (await entries(ctx)).map(({ action }) => action);
  expect(actions).toEqual(['createCommandBatch', 'createSite']);
});

test('a credential restricted to a site sees what is there, and nothing of the whole organization', async () => {
  const ctx = testContext();
  await make(ctx, 'HOME');
  await make(ctx, 'ANNEX');
  await ask(ctx, 'createToken', { body: { uid: '04A2B3C4D5E680' } });
  await ask(ctx, 'createCharger', { body: { id: 'CP-1', site_id: 'HOME' } });
  await ask(ctx, 'updateCharger', { params: { charger_id: 'CP-1' }, body: { site_id: 'ANNEX' } });
  const seen = async (...sites: string[]) =>
    (await entries(ctx.as(keyOfSites(...sites)))).map(({ action }) => action);
  expect(await seen('ANNEX')).toEqual(['createSite']);
  expect(await seen('HOME')).toEqual(['createCharger', 'createSite']);
  // Of a charger that went from one to the other: who reaches both.
  expect(await seen('HOME', 'ANNEX')).toEqual([
    'updateCharger',
    'createCharger',
    'createSite',
    'createSite',
  ]);
  const theirs = ctx.as({ tenantId: 'far' });
  expect(await entries(theirs)).toEqual([]);
  expect(await entries(theirs, { object_id: 'HOME' })).toEqual([]);
});

test.each([
  [false, 90],
  [true, 731],
])('where livemode is %s an entry is kept for %i days', async (livemode, days) => {
  const ctx = testContext({ livemode });
  await make(ctx, 'BLR-IND');
  ctx.tick((days - 1) * DAY);
  expect(await entries(ctx)).toHaveLength(1);
  ctx.tick(2 * DAY);
  expect(await entries(ctx)).toEqual([]);
});

test('what is too long for an entry is cut, and says so', async () => {
  const ctx = testContext();
  const metadata = Object.fromEntries(
    Array.from({ length: 40 }, (_, n) => [`key-${n}`, 'x'.repeat(500)]),
  );
  const body = { id: 'BLR-IND', name: 'Long', metadata };
  const made = await call(ctx, createSite, { body });
  expect(made.status, made.text).toBe(201);
  const [entry] = await entries(ctx);
  expect(entry?.truncated).toBe(true);
  expect(entry?.changes[0]?.after?.['metadata']).toMatch(/^\[cut: \d+ bytes\]$/);
  expect(entry?.changes[0]?.after?.['name']).toBe('Long');
});
