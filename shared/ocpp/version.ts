/** The protocol versions by their WebSocket subprotocol name, which also keys every OCPP table. */
export const ocppVersions = ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'] as const;
export type OcppVersion = (typeof ocppVersions)[number];

/** As the rest of the platform names it. */
export const versionNumber = {
  'ocpp1.6': '1.6',
  'ocpp2.0.1': '2.0.1',
  'ocpp2.1': '2.1',
} as const satisfies Record<OcppVersion, string>;
