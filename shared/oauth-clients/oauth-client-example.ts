import type { OauthClientView } from '#shared/oauth-clients/oauth-client-view.ts';

/** A client as the documents show one. */
export const oauthClientExample: OauthClientView = {
  id: 'oac_01JWA3M7Q4V0T9E6C2X8N5B1RD',
  type: 'service',
  confidential: true,
  name: 'Billing',
  scopes: ['chargers:read', 'sessions:read'],
  site_ids: null,
  redirect_uris: [],
  post_logout_redirect_uris: [],
  allowed_origins: [],
  access_token_seconds: 600,
  secrets: [{ prefix: 'mos_live_4f7A', created_at: '2026-05-27T14:10:00.000Z', expires_at: null }],
  created_by: 'key_01JWA0C2X8N5B1RDM7Q4V0T9E6',
  livemode: true,
  created_at: '2026-05-27T14:10:00.000Z',
  updated_at: '2026-05-27T14:10:00.000Z',
  resource_version: 1,
};

/** The secret of nothing. */
export const clientSecretExample = `mos_live_4f7A${'x'.repeat(39)}`;
