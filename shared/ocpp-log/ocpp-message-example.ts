const socket = {
  charger_id: 'BLR-014',
  message_id: '19223201',
  action: 'StatusNotification',
  raw: null,
  error: null,
  command_id: null,
  delivered: true,
  ocpp_version: '1.6',
  connection_id: 'aBcDeFg1BcwCHxQ=',
} as const;

/** A status of a charger whose clock has no zone, and the answer; the newer one first. */
export const messageExamples = [
  {
    ...socket,
    id: 'ocm_01JWA3R0V6D2M8K4T7C1X5N9B3-1',
    at: '2026-05-27T13:58:02.131Z',
    direction: 'to_charger' as const,
    type: 'result' as const,
    payload: {},
    repairs: [],
    latency_ms: 17,
    size_bytes: 19,
  },
  {
    ...socket,
    id: 'ocm_01JWA3R0V6D2M8K4T7C1X5N9B3-0',
    at: '2026-05-27T13:58:02.114Z',
    direction: 'from_charger' as const,
    type: 'call' as const,
    payload: {
      connectorId: 1,
      errorCode: 'NoError',
      status: 'Available',
      timestamp: '2026-05-27T13:58:02',
    },
    repairs: [{ rule: 'zone-assumed-utc', path: '/timestamp' }],
    latency_ms: null,
    size_bytes: 142,
  },
];
