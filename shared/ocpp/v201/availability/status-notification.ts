import { defineMoneyInbound } from '#shared/ocpp/action.ts';
import { takeStatus } from '#shared/ocpp/v201/availability/take-status.ts';

/** A connector is free, occupied, reserved, closed or broken; what its session does there, transaction events tell. */
export const statusNotification = defineMoneyInbound('ocpp2.0.1', 'StatusNotification', {
  example: {
    timestamp: '2026-11-22T10:00:00Z',
    connectorStatus: 'Available',
    evseId: 1,
    connectorId: 1,
  },
  async handle({ request, peer }, ctx) {
    const { connectorStatus: status, evseId, connectorId, timestamp: at } = request;
    if (status === undefined || evseId === undefined) return {};
    await takeStatus(ctx, peer.chargerId, { evseId, connectorId, status, at });
    return {};
  },
});
