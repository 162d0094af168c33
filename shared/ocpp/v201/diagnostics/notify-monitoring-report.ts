import { reportMonitors } from '#shared/configuration/report-configuration.ts';
import { defineInbound } from '#shared/ocpp/action.ts';
import { monitorTypeOf } from '#shared/ocpp/v201/monitor-words.ts';
import { refOf } from '#shared/ocpp/v201/variables.ts';

/** A part of a report of the monitors a charger has (2.0.1 N02). */
export const notifyMonitoringReport = defineInbound('ocpp2.0.1', 'NotifyMonitoringReport', {
  example: {
    requestId: 6,
    seqNo: 0,
    generatedAt: '2026-11-22T10:00:00Z',
    monitor: [
      {
        component: { name: 'ChargingStation' },
        variable: { name: 'Temperature' },
        variableMonitoring: [
          { id: 1, transaction: false, value: 70, type: 'UpperThreshold', severity: 2 },
        ],
      },
    ],
  },
  async handle({ request, peer }, ctx) {
    const { requestId, seqNo: seq, tbc = false, monitor = [] } = request;
    const told = monitor.flatMap(({ variableMonitoring, ...address }) =>
      variableMonitoring.map(({ id, transaction, value, type, severity }) => ({
        ...refOf(address),
        id,
        type: monitorTypeOf[type],
        value,
        severity,
        transaction_only: transaction,
      })),
    );
    await reportMonitors(ctx, peer.chargerId, { request: requestId, seq, last: !tbc }, told);
    return {};
  },
});
