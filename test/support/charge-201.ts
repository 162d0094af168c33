import type { OcppPeer } from '#test/support/ocpp-peer.ts';
import { atMinute } from '#test/support/ocpp-site.ts';

interface Told {
  readonly type?: 'Started' | 'Updated' | 'Ended';
  readonly seq: number;
  /** Minutes after noon. */
  readonly minute?: number;
  /** The register, Wh. */
  readonly wh?: number;
  readonly token?: string;
  readonly evse?: { readonly id: number; readonly connectorId?: number };
  readonly tx?: string;
  readonly state?: string;
  readonly info?: object;
  readonly more?: object;
}

/** A TransactionEvent of 2.0.1. */
export const eventOf = ({ type = 'Updated', seq, minute = 0, tx = 'TX-1', ...told }: Told) => ({
  eventType: type,
  timestamp: atMinute(minute),
  triggerReason: triggers[type],
  seqNo: seq,
  transactionInfo: {
    transactionId: tx,
    ...(told.state === undefined ? {} : { chargingState: told.state }),
    ...told.info,
  },
  ...(told.evse ? { evse: told.evse } : {}),
  ...(told.token === undefined ? {} : { idToken: { idToken: told.token, type: 'ISO14443' } }),
  ...(told.wh === undefined
    ? {}
    : { meterValue: [{ timestamp: atMinute(minute), sampledValue: [{ value: told.wh }] }] }),
  ...told.more,
});

const triggers = { Started: 'Authorized', Updated: 'MeterValuePeriodic', Ended: 'StopAuthorized' };

export const tell = (charger: OcppPeer, told: Told) =>
  charger.call('TransactionEvent', eventOf(told));

/** A charge of 8 kWh in the hour from noon on, told by five events. */
export const hour201: readonly Told[] = [
  {
    type: 'Started',
    seq: 0,
    wh: 1_000_000,
    token: 'DRIVER',
    evse: { id: 1, connectorId: 1 },
    state: 'Charging',
  },
  { seq: 1, minute: 15, wh: 1_002_000 },
  { seq: 2, minute: 30, wh: 1_004_000 },
  { seq: 3, minute: 45, wh: 1_006_000 },
  { type: 'Ended', seq: 4, minute: 60, wh: 1_008_000 },
];
