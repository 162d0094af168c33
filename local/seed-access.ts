import { sandbox } from '#local/sandbox.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { scopes } from '#shared/core/scopes.ts';
import { ConditionFailed, type Write } from '#shared/core/table.ts';
import { storedSecret } from '#shared/oauth-clients/client-secret.ts';
import { DEFAULT_TOKEN_S } from '#shared/oauth-clients/new-oauth-client.ts';
import { newOauthClientRows, OauthClient } from '#shared/oauth-clients/oauth-client.ts';

/** Ready OAuth clients, so that examples can be copied. They are made once. */
export async function seedAccess(ctx: Context): Promise<void> {
  const { service, memberApp, driverApp, redirectUri } = sandbox;
  const everything = Object.keys(scopes);
  const redirect_uris = [redirectUri];
  await unlessThere(ctx, [
    ...newOauthClientRows(
      aClient(ctx, {
        ...{ id: service.id, name: 'Sandbox service', type: 'service', confidential: true },
        scopes: everything,
        secrets: [storedSecret(service.secret, isoNow(ctx))],
      }),
    ),
    ...newOauthClientRows(
      aClient(ctx, {
        ...{ id: memberApp, name: 'Sandbox app', type: 'member_app', redirect_uris },
        scopes: everything,
      }),
    ),
    ...newOauthClientRows(
      aClient(ctx, {
        ...{ id: driverApp, name: 'Sandbox driver app', type: 'driver_app', redirect_uris },
        scopes: everything.filter((scope) => !/^(admin|audit|payouts|vendors):/.test(scope)),
      }),
    ),
  ]);
}

const aClient = (ctx: Context, differences: object): OauthClient =>
  OauthClient.parse({
    organization_id: ctx.tenantId,
    livemode: ctx.livemode,
    confidential: false,
    redirect_uris: [],
    post_logout_redirect_uris: [],
    allowed_origins: [],
    access_token_seconds: DEFAULT_TOKEN_S,
    secrets: [],
    created_at: isoNow(ctx),
    created_by: null,
    updated_at: isoNow(ctx),
    version: 1,
    ...differences,
  });

async function unlessThere(ctx: Context, writes: readonly Write[]): Promise<void> {
  try {
    await ctx.table.write(writes);
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
}
