import { AuthorizationView, findAuthorization } from '#shared/authorizations/authorization.ts';
import { acceptedExample, rejectedExample } from '#shared/authorizations/authorization-example.ts';
import { defineEvent } from '#shared/events/event.ts';

/** Its row never changes, so the event only points to it. */
const of = {
  object: 'authorization',
  channels: ['webhook', 'live'],
  data: AuthorizationView,
  load: findAuthorization,
} as const;

export const AuthorizationAccepted = defineEvent({
  ...of,
  name: 'authorization.accepted',
  example: acceptedExample,
  when: 'A token was allowed to charge',
});
export const AuthorizationRejected = defineEvent({
  ...of,
  name: 'authorization.rejected',
  example: rejectedExample,
  when: 'A token was refused; the reason is given',
});
