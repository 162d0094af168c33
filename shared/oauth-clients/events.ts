import { defineEvent } from '#shared/events/event.ts';
import { oauthClientExample } from '#shared/oauth-clients/oauth-client-example.ts';
import { OauthClientView } from '#shared/oauth-clients/oauth-client-view.ts';

const of = {
  object: 'oauth_client',
  channels: ['webhook'],
  data: OauthClientView,
  example: oauthClientExample,
} as const;

export const OauthClientCreated = defineEvent({
  ...of,
  name: 'oauth_client.created',
  when: 'Client created',
});
export const OauthClientDeleted = defineEvent({
  ...of,
  name: 'oauth_client.deleted',
  when: 'Client deleted; its tokens are none any more',
});
