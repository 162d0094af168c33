import * as z from 'zod';
import { endpoint as createApiKey } from '#functions/api/organization/create-api-key.ts';
import { endpoint as listApiKeys } from '#functions/api/organization/list-api-keys.ts';
import { endpoint as revokeApiKey } from '#functions/api/organization/revoke-api-key.ts';
import { endpoint as createSite } from '#functions/api/sites/create-site.ts';
import type { Caller } from '#shared/core/caller.ts';
import { findApiKey } from '#shared/organizations/api-key.ts';
import { mintApiKey } from '#shared/organizations/mint-api-key.ts';
import { call, type Reply } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';

const Created = z.looseObject({ id: z.string(), secret: z.string() });
const Listed = z.object({ api_keys: z.array(z.looseObject({ id: z.string() })), total: z.int() });
export const backend = { name: 'Backend', scopes: ['chargers:read'] };
export const HOUR = 3_600_000;

/** An organization with a key that may everything, as each begins, and two sites. */
export async function aKeyWorld() {
  const ctx = testContext();
  const first = await mintApiKey(ctx, { name: 'First key', scopes: ['*'] });
  for (const id of ['BLR-IND', 'DEL-1']) await call(ctx, createSite, { body: { id, name: id } });
  return { ctx, first: first.key.id, firstSecret: first.secret };
}

export const askForKey = (ctx: TestContext, body: object, headers = {}): Promise<Reply> =>
  call(ctx, createApiKey, { body, headers });
export const createdKey = ({ body }: Reply) => Created.parse(body);
export const createKey = async (ctx: TestContext, body: object) =>
  createdKey(await askForKey(ctx, body));

export const revokeKey = (ctx: TestContext, id: string, query = {}, headers = {}): Promise<Reply> =>
  call(ctx, revokeApiKey, { params: { api_key_id: id }, query, headers });

export const listKeys = async (ctx: TestContext, query = {}) =>
  Listed.parse((await call(ctx, listApiKeys, { query })).body);
export const idsIn = (body: unknown) => Listed.parse(body).api_keys.map(({ id }) => id);
export const idsOfKeys = async (ctx: TestContext, query = {}) => idsIn(await listKeys(ctx, query));

export const works = async (ctx: TestContext, secret: string) =>
  (await findApiKey(ctx.table, secret, ctx.now())) !== undefined;

/** Somebody with a key of an organization; it may everything, unless said otherwise. */
export const keyHolder = (actor: Partial<Caller>): Caller => ({
  ...{ kind: 'api_key', id: 'key_caller', scopes: ['*'] },
  ...actor,
});
