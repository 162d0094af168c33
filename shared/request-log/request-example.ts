import type { RequestRecord } from '#shared/request-log/request-record.ts';

export const requestExample: RequestRecord = {
  id: 'req_01JWA3R0TZ6P1Q8W5E2Y7V4H0A',
  created_at: '2026-05-27T14:05:26.431Z',
  operation: 'startSession',
  method: 'POST',
  route: '/v1/sessions',
  path: '/v1/sessions',
  status: 409,
  error_code: 'connector_in_use',
  duration_ms: 31,
  credential: { type: 'api_key', id: 'key_01JWA3M7Q4V0T9E6C2X8N5B1RD', client_id: null },
  address: '203.0.113.7',
  user_agent: 'driver-app/4.1',
  api_version: '2026-06-01',
  idempotent_replay: false,
  correlation_id: 'trip-7781',
  livemode: false,
};
