import { defineEvent } from '#shared/events/event.ts';
import { TokenView } from '#shared/tokens/token-view.ts';

const of = { object: 'token', channels: ['webhook'], data: TokenView } as const;

export const TokenCreated = defineEvent({
  ...of,
  name: 'token.created',
  when: 'Token registered',
});
export const TokenUpdated = defineEvent({
  ...of,
  name: 'token.updated',
  when: 'Token assigned, blocked, relabelled or otherwise changed',
});
export const TokenDeleted = defineEvent({
  ...of,
  name: 'token.deleted',
  when: 'Token removed',
});
