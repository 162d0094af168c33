import { defineEvent } from '#shared/events/event.ts';
import {
  expiringExample,
  newApiKeyExample,
  revokedExample,
} from '#shared/organizations/api-key-example.ts';
import { ApiKeyView } from '#shared/organizations/api-key-view.ts';
import { organizationExample } from '#shared/organizations/organization-example.ts';
import { OrganizationView } from '#shared/organizations/organization-view.ts';

export const OrganizationUpdated = defineEvent({
  name: 'organization.updated',
  object: 'organization',
  channels: ['webhook'],
  data: OrganizationView,
  example: organizationExample,
  when: 'Settings changed',
});

const of = { object: 'api_key', channels: ['webhook'], data: ApiKeyView } as const;

export const ApiKeyCreated = defineEvent({
  ...of,
  name: 'api_key.created',
  example: newApiKeyExample,
  when: 'Key created',
});
export const ApiKeyRevoked = defineEvent({
  ...of,
  name: 'api_key.revoked',
  example: revokedExample,
  when: 'Key revoked, at once or from `revoked_at` on',
});
export const ApiKeyExpiring = defineEvent({
  ...of,
  name: 'api_key.expiring',
  example: expiringExample,
  when: '14, 7 and 1 days before expiry',
});
