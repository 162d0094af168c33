import { expect, test } from 'vitest';
import { endpoint as createApiKey } from '#functions/api/organization/create-api-key.ts';
import { endpoint as createSite } from '#functions/api/sites/create-site.ts';
import { endpoint as listSites } from '#functions/api/sites/list-sites.ts';
import type { Endpoint } from '#shared/http/endpoint.ts';
import { call } from '#test/support/call.ts';
import { testContext } from '#test/support/context.ts';
import { CrashingTable } from '#test/support/crashing-table.ts';

const headers = { 'idempotency-key': 'k' };
const site = { body: { id: 'BLR-IND', name: 'Indiranagar' }, headers };
const key = { body: { name: 'Backend', scopes: ['sites:read'] }, headers };

/** Asks while the process dies at one of its writes, waits until the key is free again, and asks once more. */
async function askedTwice(endpoint: Endpoint, input: object, at: number) {
  const ctx = testContext();
  const table = new CrashingTable(ctx.table, { at, done: true });
  await call({ ...ctx, table }, endpoint, input);
  ctx.tick(61_000);
  return { ctx, repeat: await call(ctx, endpoint, input) };
}

/** The limiter's count, the key's claim, and then the site. */
const ITS_OWN_WRITE = 2;

test('a repeat is answered, and not done twice, where the first did its work and died', async () => {
  const { ctx, repeat } = await askedTwice(createSite, site, ITS_OWN_WRITE);
  expect(repeat).toMatchObject({ status: 201, body: { id: 'BLR-IND' } });
  expect((await call(ctx, listSites)).body['sites']).toHaveLength(1);
  const third = await call(ctx, createSite, site);
  expect(third).toMatchObject({ status: 201, headers: { 'Idempotency-Replayed': 'true' } });
});

test('a secret whose answer was lost is not made twice: the repeat says that it is done', async () => {
  const { ctx, repeat } = await askedTwice(createApiKey, key, ITS_OWN_WRITE);
  expect(repeat).toMatchObject({ status: 409, body: { code: 'conflict' } });
  expect(await call(ctx, createApiKey, key)).toMatchObject({ status: 409 });
});

test('a repeat does the work where the first died before it', async () => {
  const { repeat } = await askedTwice(createSite, site, ITS_OWN_WRITE - 1);
  expect(repeat.status).toBe(201);
});
