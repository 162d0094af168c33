import type { AuditEntry } from '#shared/audit/audit-entry.ts';

export const auditExample: AuditEntry = {
  id: 'aud_01JWA3R0V6D2M8K4T7C1X5N9B3',
  created_at: '2026-05-27T14:05:26.502Z',
  livemode: false,
  action: 'updateSite',
  actor: {
    type: 'api_key',
    id: 'key_01JWA3M7Q4V0T9E6C2X8N5B1RD',
    client_id: null,
    organization_id: null,
  },
  object: { type: 'site', id: 'BLR-IND' },
  site_ids: ['BLR-IND'],
  charger_id: null,
  request: {
    id: 'req_01JWA3R0TZ6P1Q8W5E2Y7U4I0A',
    correlation_id: null,
    idempotency_key: '4f1e0c2a',
    address: '203.0.113.7',
    user_agent: 'billing/2.3',
  },
  changes: [
    {
      object: 'site',
      id: 'BLR-IND',
      change: 'updated',
      before: { status: 'open', version: 1 },
      after: { status: 'closed', version: 2 },
    },
  ],
  truncated: false,
};
