import { defineEvent } from '#shared/events/event.ts';
import { SecurityEvent } from '#shared/security-events/security-event.ts';

export const SecurityEventRecorded = defineEvent({
  name: 'security.event',
  object: 'security_event',
  channels: ['webhook', 'live'],
  when: 'A charger or the platform noticed something about security',
  data: SecurityEvent,
});
