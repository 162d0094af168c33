import { defineEvent } from '#shared/events/event.ts';
import { SecurityEvent } from '#shared/security-events/security-event.ts';

export const SecurityEventRecorded = defineEvent({
  name: 'security.event',
  object: 'security_event',
  channels: ['webhook', 'live'],
  when: 'A charger or the platform noticed something about security',
  data: SecurityEvent,
  example: {
    id: 'sec_01JWA3M7Q4V0T9E6C2X8N5B1RD',
    charger_id: 'BLR-014',
    type: 'TamperDetectionActivated',
    severity: 'critical',
    source: 'charger',
    tech_info: 'Door open',
    occurred_at: '2026-05-27T14:03:22.000Z',
    received_at: '2026-05-27T14:03:22.612Z',
    livemode: true,
    resource_version: 1,
  },
});
