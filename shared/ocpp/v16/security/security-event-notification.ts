import { defineInbound } from '#shared/ocpp/action.ts';
import { recordSecurityEvent } from '#shared/security-events/record-security-event.ts';

/**
 * Something about the charger's security, kept and told as `security.event`. The type is open text:
 * vendors add their own.
 */
export const securityEventNotification = defineInbound('ocpp1.6', 'SecurityEventNotification', {
  example: { type: 'TamperDetectionActivated', timestamp: '2026-05-27T14:03:22.000Z' },
  async handle({ request: { type, timestamp, techInfo = null }, peer }, ctx) {
    const { chargerId } = peer;
    const occurredAt = new Date(timestamp).toISOString();
    await recordSecurityEvent(ctx, { chargerId, type, techInfo, occurredAt, source: 'charger' });
    return {};
  },
});
