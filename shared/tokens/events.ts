import { defineEvent } from '#shared/events/event.ts';
import { newTokenExample, tokenExample } from '#shared/tokens/token-example.ts';
import { TokenView } from '#shared/tokens/token-view.ts';

const of = { object: 'token', channels: ['webhook'], data: TokenView } as const;

export const TokenCreated = defineEvent({
  ...of,
  name: 'token.created',
  example: newTokenExample,
  when: 'Token registered',
});
export const TokenUpdated = defineEvent({
  ...of,
  name: 'token.updated',
  example: tokenExample,
  when: 'Token assigned, blocked, relabelled or otherwise changed',
});
export const TokenDeleted = defineEvent({
  ...of,
  name: 'token.deleted',
  example: tokenExample,
  when: 'Token removed',
});
