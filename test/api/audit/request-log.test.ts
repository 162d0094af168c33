import { expect, test } from 'vitest';
import { endpoint as getRequest } from '#functions/api/organization/get-request.ts';
import { endpoint as listRequests } from '#functions/api/organization/list-requests.ts';
import { endpoint as createSite } from '#functions/api/sites/create-site.ts';
import { endpoint as getSite } from '#functions/api/sites/get-site.ts';
import { restHandler, serve } from '#shared/aws/serve-endpoint.ts';
import { itemSize } from '#shared/db/item-size.ts';
import { keys } from '#shared/db/keys.ts';
import type { Endpoint } from '#shared/http/endpoint.ts';
import { listOf } from '#shared/http/list.ts';
import { RequestRecord } from '#shared/request-log/request-record.ts';
import { type Call, call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { keyOfSites } from '#test/support/fake-charger.ts';
import { aLambdaContext, aProxyEvent } from '#test/support/gateway-event.ts';
import { UndoableTable } from '#test/support/isolation/undoable-table.ts';
import { useTestRuntime } from '#test/support/runtime.ts';

const DAY = 86_400_000;
const List = listOf('requests', RequestRecord);

/** Asks with a request id of its own, as the front door gives one; the id. */
async function asked(ctx: TestContext, endpoint: Endpoint, input: Call): Promise<string> {
  const request_id = ctx.newId('req');
  await call(ctx.as({ cause: { ...ctx.cause, request_id } }), endpoint, input);
  return request_id;
}
const found = (ctx: TestContext, request_id: string) =>
  call(ctx, getRequest, { params: { request_id } });
const site = (id: string): Call => ({ body: { id, name: 'A site' } });

test('a request is found by its id: who asked for what, and how it was answered', async () => {
  const ctx = testContext();
  const headers = { 'user-agent': 'billing/2.3', 'x-correlation-id': 'trip-1' };
  const id = await asked(ctx, createSite, { ...site('BLR-IND'), headers });
  expect((await found(ctx, id)).body).toEqual({
    id,
    created_at: '2026-06-01T04:30:00.000Z',
    operation: 'createSite',
    method: 'POST',
    route: '/v1/sites',
    path: '/v1/sites',
    status: 201,
    error_code: null,
    duration_ms: 0,
    credential: { type: 'api_key', id: 'key_test', client_id: null },
    address: null,
    user_agent: 'billing/2.3',
    api_version: '2026-06-01',
    idempotent_replay: false,
    correlation_id: 'trip-1',
    livemode: false,
  });
});

test('refusals and repeats are found too, with their codes', async () => {
  const ctx = testContext();
  const headers = { 'idempotency-key': 'k' };
  await asked(ctx, createSite, { ...site('BLR-IND'), headers });
  const repeat = await asked(ctx, createSite, { ...site('BLR-IND'), headers });
  const twin = await asked(ctx, createSite, site('BLR-IND'));
  const powerless = ctx.as({ actor: { kind: 'api_key', id: 'key_2', scopes: [] } });
  const forbidden = await asked(powerless, createSite, site('BLR-HSR'));
  expect((await found(ctx, repeat)).body).toMatchObject({ status: 201, idempotent_replay: true });
  expect((await found(ctx, twin)).body).toMatchObject({ status: 409, error_code: 'conflict' });
  expect((await found(ctx, forbidden)).body).toMatchObject({
    status: 403,
    error_code: 'insufficient_scope',
    credential: { id: 'key_2' },
  });
});

test('nothing of a body, a query or a header that may hold a secret is kept', async () => {
  const ctx = testContext();
  const headers = { authorization: 'Bearer mk_test_SECRET', cookie: 'SECRET', 'x-other': 'SECRET' };
  const body = { id: 'BLR-IND', name: 'SECRET' };
  const id = await asked(ctx, createSite, { body, headers, query: { token: 'SECRET' } });
  const row = await ctx.table.get(keys.request('demo', '2026-06-01T04:30:00.000Z', id));
  expect(row).toBeDefined();
  expect(JSON.stringify(row)).not.toContain('SECRET');
});

test('it stays below a kilobyte, whatever was asked: one write unit', async () => {
  const ctx = testContext();
  const headers = { 'user-agent': 'u'.repeat(2000), 'x-correlation-id': 'c'.repeat(128) };
  const params = { site_id: 's'.repeat(3000) };
  const id = await asked(ctx, getSite, { params, headers });
  const row = await ctx.table.get(keys.request('demo', '2026-06-01T04:30:00.000Z', id));
  expect(itemSize(row ?? {})).toBeGreaterThan(500);
  expect(itemSize(row ?? {})).toBeLessThan(1024);
});

test('is another organization’s no more than one that nobody made, and gone after 30 days', async () => {
  const ctx = testContext();
  const id = await asked(ctx, createSite, site('BLR-IND'));
  const nobodys = ctx.newId('req');
  const there = ctx.as({ tenantId: 'far' });
  expect((await found(there, id)).status).toBe(404);
  expect((await found(ctx, nobodys)).status).toBe(404);
  expect((await found(ctx, 'req_x')).status).toBe(404);
  ctx.tick(30 * DAY + 1000);
  expect((await found(ctx, id)).status).toBe(404);
});

test('nobody can read a request without a valid credential: it belongs to no organization', async () => {
  const ctx = testContext();
  const stranger = ctx.as({ actor: { kind: 'anonymous' } });
  const id = await asked(stranger, createSite, site('BLR-IND'));
  expect((await found(ctx, id)).status).toBe(404);
});

test('a credential restricted to sites sees its own requests and no others', async () => {
  const ctx = testContext();
  await call(ctx, createSite, site('HOME'));
  const theirs = await asked(ctx, getSite, { params: { site_id: 'HOME' } });
  const restricted = ctx.as(keyOfSites('HOME'));
  const own = await asked(restricted, getSite, { params: { site_id: 'HOME' } });
  expect((await found(restricted, own)).status).toBe(200);
  expect((await found(restricted, theirs)).status).toBe(404);
  const { body } = await call(restricted, listRequests);
  expect(List.parse(body).requests.map(({ id }) => id)).toEqual([own]);
});

test('requests are listed, newest first, over days, by status, operation and credential', async () => {
  const ctx = testContext();
  const made: string[] = [];
  for (const id of ['A-1', 'B-2', 'A-1', 'C-3', 'A-1']) {
    made.unshift(await asked(ctx, createSite, site(id)));
    ctx.tick(3 * DAY);
  }
  const list = async (query: Record<string, string> = {}) => {
    const seen: string[] = [];
    let cursor: unknown;
    do {
      const page: Record<string, unknown> = { ...query, limit: 2, ...(cursor ? { cursor } : {}) };
      const { body } = await call(ctx, listRequests, { query: page });
      seen.push(...List.parse(body).requests.map(({ id }) => id));
      cursor = body['next_cursor'];
    } while (cursor);
    return seen;
  };
  expect(await list()).toEqual(made);
  expect(await list({ status: '409' })).toEqual([made[0], made[2]]);
  expect(await list({ status: '4xx' })).toEqual([made[0], made[2]]);
  expect(await list({ status: '2xx', operation: 'createSite' })).toEqual([
    made[1],
    made[3],
    made[4],
  ]);
  expect(await list({ credential_id: 'key_other' })).toEqual([]);
  const created_after = '2026-06-04T00:00:00Z';
  expect(await list({ created_after, created_before: '2026-06-08T00:00:00Z' })).toEqual([
    made[2],
    made[3],
  ]);
});

test('a request is answered though it cannot be written down', async () => {
  const ctx = testContext();
  const table = new UndoableTable(ctx.table);
  table.write = async (writes) => {
    if (writes.some((one) => one.op === 'put' && one.item.pk.includes('#REQUESTS#')))
      throw new Error('No more room');
    await ctx.table.write(writes);
  };
  const request_id = ctx.newId('req');
  const reply = await call(
    { ...ctx, table, cause: { ...ctx.cause, request_id } },
    createSite,
    site('BLR-IND'),
  );
  expect(reply.status).toBe(201);
  expect(ctx.logs.at(-1)).toMatchObject({ level: 'warn', fields: { request_id } });
});

const caller = {
  organization_id: 'demo',
  credential_id: 'key_test',
  scopes: '*',
  address: '198.51.100.4',
};

test('the front door tells the client’s address, as the edge saw it', async () => {
  const ctx = testContext();
  useTestRuntime(ctx);
  const event = aProxyEvent({ httpMethod: 'GET', path: '/v1/requests', authorizer: caller });
  const { headers } = await serve(listRequests)(event, aLambdaContext());
  const record = await found(ctx, String(headers?.['X-Request-Id']));
  expect(record.body).toMatchObject({ operation: 'listRequests', address: '198.51.100.4' });
});

test('what failed or was too slow around its operation is found by the id of the answer it got', async () => {
  const ctx = testContext();
  useTestRuntime(ctx);
  const handler = restHandler('getSite', () => Promise.reject(new Error('boom')));
  const event = aProxyEvent({
    path: '/v1/sites/X',
    resource: '/v1/sites/{id}',
    authorizer: caller,
  });
  const { headers } = await handler(event, aLambdaContext());
  const record = await found(ctx, String(headers?.['X-Request-Id']));
  expect(record.body).toMatchObject({
    operation: 'getSite',
    route: '/v1/sites/{id}',
    status: 500,
    error_code: 'internal_error',
  });
});
