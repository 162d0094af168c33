import { callerId } from '#shared/core/caller.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { AppError, conflict } from '#shared/core/errors.ts';
import { commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import { newClientSecret, storedSecret } from '#shared/oauth-clients/client-secret.ts';
import { OauthClientCreated } from '#shared/oauth-clients/events.ts';
import type { NewOauthClient } from '#shared/oauth-clients/new-oauth-client.ts';
import {
  allOauthClients,
  newOauthClientRows,
  OauthClient,
} from '#shared/oauth-clients/oauth-client.ts';
import { oauthClientView } from '#shared/oauth-clients/oauth-client-view.ts';
import { originWrites } from '#shared/oauth-clients/origins.ts';
import { grantable } from '#shared/organizations/grantable.ts';

/** Each is read with the list of them. */
const AT_MOST = 200;

/** A client, and its secret where it has one: not to be had again. */
export interface WithSecret {
  readonly client: OauthClient;
  readonly secret: string | null;
}

/**
 * A new client of the caller's organization, which may no more than the caller. Throws validation_failed,
 * insufficient_scope, site_restricted, and conflict where there are too many.
 */
export async function createOauthClient(ctx: Context, input: NewOauthClient): Promise<WithSecret> {
  const confidential = input.confidential ?? true;
  checkShape({ ...input, confidential });
  const { siteIds } = await grantable(ctx, {
    name: input.name,
    scopes: input.scopes,
    siteIds: input.site_ids,
  });
  if ((await allOauthClients(ctx)).length >= AT_MOST)
    throw conflict(`An organization has at most ${AT_MOST} OAuth clients.`);
  const at = isoNow(ctx);
  const secret = confidential ? newClientSecret(ctx) : null;
  const client = OauthClient.parse({
    ...input,
    confidential,
    id: ctx.newId('oac'),
    organization_id: ctx.tenantId,
    livemode: ctx.livemode,
    scopes: [...new Set(input.scopes)],
    site_ids: siteIds ? [...new Set(siteIds)] : null,
    secrets: secret === null ? [] : [storedSecret(secret, at)],
    created_at: at,
    created_by: callerId(ctx),
    updated_at: at,
    version: 1,
  });
  await storeNew(ctx, client);
  return { client, secret };
}

async function storeNew(ctx: Context, client: OauthClient): Promise<void> {
  const { id, version } = client;
  await commit(ctx, {
    aggregate: { kind: 'oauth_client', id, version },
    writes: [...newOauthClientRows(client), ...originWrites(undefined, client)],
    events: [eventOf(ctx, OauthClientCreated, { id, version, object: oauthClientView(client) })],
  });
}

type Shape = Pick<OauthClient, 'type' | 'confidential' | 'redirect_uris'>;

/** Throws validation_failed for what no client of its type can be. */
export function checkShape({ type, confidential, redirect_uris }: Shape): void {
  if (type === 'service' && !confidential)
    throw invalid('confidential', 'A service proves itself by its secret.');
  if (type === 'service' && redirect_uris.length > 0)
    throw invalid('redirect_uris', 'Nobody is sent back to a service.');
  if (type !== 'service' && redirect_uris.length === 0)
    throw invalid('redirect_uris', 'An app says where people come back to.');
}

const invalid = (field: string, message: string) =>
  new AppError('validation_failed', 'A field is not acceptable.', {
    errors: [{ field, code: 'not_for_this_type', message }],
  });
