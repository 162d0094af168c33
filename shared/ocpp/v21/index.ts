import type { Inbound, Protocol } from '#shared/ocpp/action.ts';
import { inOlderWords } from '#shared/ocpp/v21/in-older-words.ts';
import { outbound21 } from '#shared/ocpp/v21/outbound.ts';
import { ocpp201 } from '#shared/ocpp/v201/index.ts';

/** A message of 2.1 where one of 2.0.1 lacks a field that 2.1 requires. */
const examples: Readonly<Record<string, unknown>> = {
  NotifyMonitoringReport: {
    requestId: 6,
    seqNo: 0,
    generatedAt: '2026-11-22T10:00:00Z',
    monitor: [
      {
        component: { name: 'ChargingStation' },
        variable: { name: 'Temperature' },
        variableMonitoring: [
          {
            id: 1,
            transaction: false,
            value: 70,
            type: 'UpperThreshold',
            severity: 2,
            eventNotificationType: 'CustomMonitor',
          },
        ],
      },
    ],
  },
};

/** What is about money is taken whatever words are in it: its handlers know that there are others. */
function inbound21(older: Inbound): Inbound {
  const { action, carriesMoney, run } = older;
  return {
    ...older,
    version: 'ocpp2.1',
    example: examples[action] ?? older.example,
    run: carriesMoney
      ? run
      : async (admitted, ctx) => {
          const request = await inOlderWords(action, admitted.request);
          return run({ ...admitted, request }, ctx);
        },
  };
}

/**
 * OCPP 2.1 keeps the application logic of 2.0.1 (2.1 Part 0 §1.1): its 64 shared actions are handled as
 * there, behind schemas of its own. Its 27 new ones are answered NotSupported.
 */
export const ocpp21: Protocol = {
  version: 'ocpp2.1',
  inbound: ocpp201.inbound.map(inbound21),
  outbound: outbound21,
};
