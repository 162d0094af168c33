/** The protocol versions by their WebSocket subprotocol name, which also keys every OCPP table. */
export const ocppVersions = ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'] as const;
export type OcppVersion = (typeof ocppVersions)[number];
