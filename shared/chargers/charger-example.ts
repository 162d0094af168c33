import { capabilitiesOf } from '#shared/chargers/capabilities.ts';
import type { ChargerView } from '#shared/chargers/charger.ts';
import type { UnclaimedCharger } from '#shared/chargers/events.ts';

/** A charger as the documents show one. */
export const chargerExample: ChargerView = {
  id: 'BLR-014',
  model: 'MX-EV-22',
  status: 'available',
  connectors: [
    {
      id: 1,
      type: 'Type2',
      status: 'Available',
      power_kw: 22,
      evse_id: null,
      format: 'socket',
      max_current_a: 32,
      phases: 3,
      session_id: null,
      reservation_id: null,
      error_code: null,
      status_updated_at: '2026-05-27T13:58:02.114Z',
      status_stale: false,
    },
  ],
  name: 'Basement 2, bay 17',
  site_id: 'BLR-IND',
  vendor_name: 'Magma',
  serial_number: 'MX22-2026-00417',
  firmware_version: '4.2.1',
  ocpp_version: '1.6',
  ocpp_identity: 'BLR-014',
  security_profile: 1,
  registration: 'accepted',
  connectivity: {
    state: 'online',
    since: '2026-05-27T09:12:00.000Z',
    last_seen_at: '2026-05-27T14:02:10.332Z',
  },
  capabilities: capabilitiesOf({ ocpp_version: '1.6', abilities: {} }),
  labels: ['basement'],
  external_ref: null,
  ocpp_log: null,
  metadata: { bay: 'B2-17' },
  livemode: true,
  created_at: '2026-04-02T06:30:11.020Z',
  updated_at: '2026-05-27T09:12:00.000Z',
  resource_version: 41,
};

/** The same charger, just registered. */
export const newChargerExample: ChargerView = {
  ...chargerExample,
  status: 'pending',
  connectors: chargerExample.connectors.map((connector) => ({
    ...connector,
    status: 'Unavailable',
    status_updated_at: null,
    status_stale: true,
  })),
  firmware_version: null,
  ocpp_version: null,
  connectivity: { state: 'pending', since: null, last_seen_at: null },
  updated_at: '2026-04-02T06:30:11.020Z',
  resource_version: 2,
};

/** The same charger, out of reach. */
export const offlineExample: ChargerView = {
  ...chargerExample,
  status: 'offline',
  connectors: chargerExample.connectors.map((connector) => ({
    ...connector,
    status_stale: true,
  })),
  connectivity: {
    state: 'offline',
    since: '2026-05-27T14:03:40.332Z',
    last_seen_at: '2026-05-27T14:02:10.332Z',
  },
  resource_version: 42,
};

/** Somebody who knocked and is not known. */
export const unclaimedExample: UnclaimedCharger = {
  identity: 'MX22-2026-00418',
  vendor_name: null,
  model: null,
  serial_number: null,
  remote_ip: '203.0.113.7',
  reason: 'not_registered',
  attempts: 14,
  first_attempt_at: '2026-05-27T13:50:02.000Z',
  last_attempt_at: '2026-05-27T14:03:02.000Z',
};
