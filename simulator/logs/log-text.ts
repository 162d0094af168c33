import { phaseOf } from '#simulator/charging/connectors.ts';
import type { LogJob } from '#simulator/logs/log-job.ts';
import type { Turn } from '#simulator/turn.ts';

/** What a charger writes into a log: its security events, or what it knows of itself. */
export function logText(turn: Turn, job: LogJob): string {
  const lines = job.kind === 'security' ? securityLines(turn, job) : diagnosticLines(turn);
  return `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
}

function securityLines({ state }: Turn, { from, to }: LogJob): object[] {
  return [
    { log: 'security', charger: state.spec.identity },
    ...state.store.securityEvents
      .filter(({ at }) => at >= (from ?? 0) && at <= (to ?? Number.POSITIVE_INFINITY))
      .map(({ at, type, info }) => ({ at: new Date(at).toISOString(), type, info })),
  ];
}

function diagnosticLines({ state, now }: Turn): object[] {
  const { identity, vendor, model, serialNumber, firmwareVersion } = state.spec;
  return [
    {
      log: 'diagnostics',
      at: new Date(now).toISOString(),
      charger: { identity, vendor, model, serialNumber, firmwareVersion },
      registration: state.registration,
      waitingCalls: state.queue.length,
    },
    ...state.connectors.map((connector) => ({
      connector: connector.id,
      phase: phaseOf(connector),
      registerWh: Math.floor(connector.registerWh),
      limitW: connector.limitW,
      fault: connector.fault,
      transactionSince: connector.session && new Date(connector.session.startedAt).toISOString(),
    })),
  ];
}
