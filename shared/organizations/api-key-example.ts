import type { ApiKeyView } from '#shared/organizations/api-key-view.ts';

/** A key as the documents show one. */
export const apiKeyExample: ApiKeyView = {
  id: 'key_01JWA3M7Q4V0T9E6C2X8N5B1RD',
  name: 'Backend',
  prefix: 'mk_live_4f7A',
  status: 'active',
  scopes: ['chargers:read', 'sessions:read', 'sessions:write'],
  site_ids: null,
  ip_allowlist: ['203.0.113.0/24', '2001:db8:17::/48'],
  created_by: 'key_01JWA0C2X8N5B1RDM7Q4V0T9E6',
  replaces: null,
  expires_at: '2027-05-27T14:10:00.000Z',
  revoked_at: null,
  last_used_at: '2026-05-28T09:00:12.000Z',
  livemode: true,
  created_at: '2026-05-27T14:10:00.000Z',
  resource_version: 1,
};

/** How a new one begins. */
export const newApiKeyExample: ApiKeyView = { ...apiKeyExample, last_used_at: null };

/** The same, revoked. */
export const revokedExample: ApiKeyView = {
  ...apiKeyExample,
  status: 'revoked',
  revoked_at: '2026-05-28T09:10:00.000Z',
  resource_version: 2,
};

/** One with a week left. */
export const expiringExample: ApiKeyView = {
  ...apiKeyExample,
  expires_at: '2026-06-04T09:00:00.000Z',
};

/** The secret of nothing. */
export const apiKeySecretExample = `mk_live_4f7A${'x'.repeat(34)}`;
