import * as z from 'zod';
import { endpoint as createOauthClient } from '#functions/api/organization/create-oauth-client.ts';
import { endpoint as deleteOauthClient } from '#functions/api/organization/delete-oauth-client.ts';
import { endpoint as listOauthClients } from '#functions/api/organization/list-oauth-clients.ts';
import { endpoint as rotateOauthClientSecret } from '#functions/api/organization/rotate-oauth-client-secret.ts';
import { endpoint as updateOauthClient } from '#functions/api/organization/update-oauth-client.ts';
import { isSecretOf } from '#shared/oauth-clients/client-secret.ts';
import { findOauthClient } from '#shared/oauth-clients/oauth-client.ts';
import { call, type Reply } from '#test/support/call.ts';
import type { TestContext } from '#test/support/context.ts';

const Created = z.looseObject({ id: z.string(), secret: z.string().nullable() });
const Listed = z.object({ oauth_clients: z.array(z.looseObject({ id: z.string() })) });

export const service = { type: 'service', name: 'Billing', scopes: ['chargers:read'] } as const;
export const memberApp = {
  type: 'member_app',
  name: 'Fleet dashboard',
  scopes: ['chargers:read', 'sessions:read'],
  redirect_uris: ['https://fleet.example.com/callback'],
} as const;

export const askForClient = (ctx: TestContext, body: object): Promise<Reply> =>
  call(ctx, createOauthClient, { body });

/** A new client; its secret is empty where it has none. */
export async function createClient(ctx: TestContext, body: object) {
  const { id, secret } = Created.parse((await askForClient(ctx, body)).body);
  return { id, secret: secret ?? '' };
}

export const changeClient = (ctx: TestContext, client_id: string, body: object, headers = {}) =>
  call(ctx, updateOauthClient, { params: { client_id }, body, headers });
export const deleteClient = (ctx: TestContext, client_id: string, headers = {}) =>
  call(ctx, deleteOauthClient, { params: { client_id }, headers });
export const rotateSecret = (ctx: TestContext, client_id: string, body = {}) =>
  call(ctx, rotateOauthClientSecret, { params: { client_id }, body });

export const idsOfClients = async (ctx: TestContext, query = {}) =>
  Listed.parse((await call(ctx, listOauthClients, { query })).body).oauth_clients.map(
    ({ id }) => id,
  );

/** Whether a client may prove itself by this secret. */
export async function proves(ctx: TestContext, id: string, secret: string): Promise<boolean> {
  const client = await findOauthClient(ctx.table, id);
  return client !== undefined && isSecretOf(client.secrets, secret, ctx.now());
}
