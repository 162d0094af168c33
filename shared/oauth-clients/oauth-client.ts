import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { AppError, notFound } from '#shared/core/errors.ts';
import { allowedSites, reachesSite } from '#shared/core/site-access.ts';
import type { Item, Table, Write } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { readAll } from '#shared/db/read-all.ts';

export const OauthClientType = z.enum(['service', 'member_app', 'driver_app']).meta({
  id: 'OauthClientType',
  description:
    '`service`: your own software, in its own name. `member_app`: for people of your organization. `driver_app`: for your drivers.',
});
export type OauthClientType = z.infer<typeof OauthClientType>;

/** A secret as it is stored: never itself. */
export const ClientSecret = z.object({
  hash: z.string(),
  /** Its first characters, by which people recognise it. */
  prefix: z.string(),
  created_at: z.string(),
  /** Set when another took its place. */
  expires_at: z.string().nullable().default(null),
});
export type ClientSecret = z.infer<typeof ClientSecret>;

/** Software that may ask for access tokens (RFC 6749 2). */
export const OauthClient = z.object({
  id: z.string(),
  organization_id: z.string(),
  livemode: z.boolean(),
  type: OauthClientType,
  /** Whether it has a secret. An app on somebody's device can keep none. */
  confidential: z.boolean(),
  name: z.string(),
  /** The most its tokens may. */
  scopes: z.array(z.string()),
  /** The sites it is restricted to; null for all. */
  site_ids: z.array(z.string()).min(1).nullable().default(null),
  redirect_uris: z.array(z.string()),
  post_logout_redirect_uris: z.array(z.string()),
  /** From where browsers may call with its tokens. */
  allowed_origins: z.array(z.string()),
  access_token_seconds: z.int(),
  /** Newest first; none where it is not confidential. */
  secrets: z.array(ClientSecret),
  created_at: z.string(),
  created_by: z.string().nullable(),
  updated_at: z.string(),
  version: z.int(),
});
export type OauthClient = z.infer<typeof OauthClient>;

/** The client with this id, of whichever organization. */
export async function findOauthClient(
  table: Pick<Table, 'get'>,
  id: string,
): Promise<OauthClient | undefined> {
  const row = await table.get(keys.oauthClient(id));
  return row && OauthClient.parse(row);
}

/** Throws not_found, for one of another organization too, and for one of sites the caller may not know of. */
export async function getOauthClient(ctx: Context, id: string): Promise<OauthClient> {
  const client = await findOauthClient(ctx.table, id);
  if (client?.organization_id !== ctx.tenantId || !mayManageClient(ctx, client))
    throw notFound('OAuth client');
  return client;
}

/** Throws etag_mismatch. */
export function checkVersion({ version }: OauthClient, ifMatch: number | undefined): void {
  if (ifMatch !== undefined && ifMatch !== version)
    throw new AppError('etag_mismatch', 'The client has changed since you read it.');
}

/** All clients of the organization that the caller may know of; the newest first. */
export async function allOauthClients(ctx: Context): Promise<OauthClient[]> {
  const pointers = await readAll(ctx, keys.oauthClientsOf(ctx.tenantId));
  const rows = await ctx.table.batchGet(pointers.map(({ sk }) => keys.oauthClient(sk)));
  return rows
    .flatMap((row) => (row ? [OauthClient.parse(row)] : []))
    .filter((client) => mayManageClient(ctx, client))
    .sort((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1));
}

/** Where a client stands in the list. */
export const placeOf = ({ created_at, id }: OauthClient): string => `${created_at} ${id}`;

/** A credential restricted to sites manages only clients that reach no others. */
export function mayManageClient(ctx: Context, { site_ids }: OauthClient): boolean {
  if (!allowedSites(ctx)) return true;
  return site_ids?.every((id) => reachesSite(ctx, id)) ?? false;
}

export const oauthClientItem = (client: OauthClient): Item => ({
  ...client,
  ...keys.oauthClient(client.id),
});

/** A new client's rows: by its id, and among those of its organization. */
export const newOauthClientRows = (client: OauthClient): Write[] => [
  { op: 'put', when: 'absent', item: oauthClientItem(client) },
  { op: 'put', when: 'absent', item: keys.oauthClientOf(client.organization_id, client.id) },
];
