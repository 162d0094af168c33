import { test } from 'vitest';
import { Charger, Connection } from '#shared/chargers/charger.ts';
import { chargerStatus } from '#shared/chargers/charger-status.ts';
import { Connector, type ConnectorStatus } from '#shared/connectors/connector.ts';

const at = '2026-06-01T04:30:00.000Z';
const aCharger = (own: Charger['own_status']) =>
  Charger.parse({
    id: 'A-1',
    ocpp_identity: 'A-1',
    own_status: own,
    created_at: at,
    updated_at: at,
    version: 1,
  });
const aConnection = (state: Connection['state'] | 'none') =>
  state === 'none'
    ? undefined
    : Connection.parse({
        charger_id: 'A-1',
        connection_id: null,
        state,
        since: at,
        last_seen_at: at,
        version: 1,
      });
const plugs = (statuses: readonly ConnectorStatus[]) =>
  statuses.map((status, n) => Connector.parse({ charger_id: 'A-1', id: n + 1, status }));

type Case = readonly [
  expected: ReturnType<typeof chargerStatus>,
  state: Connection['state'] | 'none',
  own: Charger['own_status'],
  connectors: readonly ConnectorStatus[],
];

// The order of api-surface 9.3: the first rule that holds.
const cases: readonly Case[] = [
  ['pending', 'none', 'faulted', ['Faulted']],
  ['pending', 'pending', 'available', ['Available']],
  ['offline', 'offline', 'faulted', ['Faulted']],
  ['faulted', 'online', 'faulted', ['Available']],
  ['faulted', 'online', 'unavailable', ['Faulted', 'Faulted']],
  ['available', 'online', 'available', ['Faulted', 'Available']],
  ['unavailable', 'online', 'unavailable', ['Available']],
  ['unavailable', 'online', 'available', ['Unavailable', 'Unavailable']],
  ['unavailable', 'online', 'available', ['Unavailable', 'Faulted']],
  ['available', 'online', 'available', ['Charging', 'Available']],
  ['available', 'reconnecting', 'available', ['Available']],
  ['in_use', 'online', 'available', ['Preparing']],
  ['in_use', 'online', 'available', ['SuspendedEV', 'Reserved']],
  ['in_use', 'online', 'available', ['Finishing', 'Unavailable']],
  ['reserved', 'online', 'available', ['Reserved', 'Unavailable']],
  ['available', 'online', 'available', []],
];

test.for(cases)(
  '%s: %s, itself %s, connectors %j',
  ([expected, state, own, statuses], { expect }) => {
    expect(chargerStatus(aCharger(own), aConnection(state), plugs(statuses))).toBe(expected);
  },
);
