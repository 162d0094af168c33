import type { Adapter, AdapterPayload } from 'oidc-provider';
import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { isSecretOf } from '#shared/oauth-clients/client-secret.ts';
import {
  ClientSecret,
  findOauthClient,
  type OauthClient,
  OauthClientType,
} from '#shared/oauth-clients/oauth-client.ts';

/** What we know of a client besides what the library does. */
const Ours = z.object({
  clientId: z.string(),
  clientName: z.string(),
  organization_id: z.string(),
  livemode: z.boolean(),
  client_type: OauthClientType,
  api_scopes: z.array(z.string()),
  site_ids: z.array(z.string()).nullable(),
  allowed_origins: z.array(z.string()),
  access_token_seconds: z.int(),
  stored_secrets: z.array(ClientSecret.pick({ hash: true, expires_at: true })),
});
export type ProviderClient = z.infer<typeof Ours>;

/** Their names, which the library else refuses. */
export const OWN_METADATA = Object.keys(Ours.omit({ clientId: true, clientName: true }).shape);

/** Our side of a client that the library has found. */
export const ourClient = (client: object): ProviderClient => Ours.parse(client);

/** Whether it proved itself; the library knows of no hash, nor of two secrets. */
export const provesItself = (client: object, secret: string, now: Date): boolean =>
  isSecretOf(ourClient(client).stored_secrets, secret, now);

/** Clients as the library looks them up. They are made and changed by the API alone. */
export function clientAdapter({ table }: Pick<Context, 'table'>): Adapter {
  const readOnly = () => Promise.reject(new Error('Clients are kept by the API'));
  return {
    find: async (id) => {
      const client = await findOauthClient(table, id);
      return client && metadataOf(client);
    },
    findByUid: async () => undefined,
    findByUserCode: async () => undefined,
    upsert: readOnly,
    consume: readOnly,
    destroy: readOnly,
    revokeByGrantId: readOnly,
  };
}

/** In the words of OpenID Connect Dynamic Client Registration. */
function metadataOf(client: OauthClient): AdapterPayload {
  const isService = client.type === 'service';
  const isWeb = client.redirect_uris.every((uri) => uri.startsWith('https:'));
  const { secrets, organization_id, livemode, site_ids, allowed_origins } = client;
  return {
    client_id: client.id,
    client_name: client.name,
    ...(client.confidential ? { client_secret: 'is kept as a hash' } : {}),
    token_endpoint_auth_method: client.confidential ? 'client_secret_basic' : 'none',
    grant_types: isService ? ['client_credentials'] : ['authorization_code', 'refresh_token'],
    response_types: isService ? [] : ['code'],
    redirect_uris: client.redirect_uris,
    post_logout_redirect_uris: client.post_logout_redirect_uris,
    application_type: isWeb ? 'web' : 'native',
    organization_id,
    livemode,
    client_type: client.type,
    api_scopes: client.scopes,
    site_ids,
    allowed_origins,
    access_token_seconds: client.access_token_seconds,
    stored_secrets: secrets.map(({ hash, expires_at }) => ({ hash, expires_at })),
  };
}
