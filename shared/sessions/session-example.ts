import type * as z from 'zod';
import type { MeterValuesPayload, SocPayload } from '#shared/sessions/events.ts';
import type { SessionView } from '#shared/sessions/session-view.ts';

const inr = (amount: string) => ({ amount, currency: 'INR' });

const freeEnergy = (kwh: string): SessionView['cost']['lines'][number] => ({
  component: 'energy',
  description: 'Energy, free allowance',
  quantity: kwh,
  unit: 'kWh',
  rate: '0.0000',
  amount: inr('0.00'),
  explanation: `${kwh} kWh × 0.0000 = 0.00`,
});

/** A session as the documents show one: just asked for. */
export const startingExample: SessionView = {
  session_id: 'sess_01JWA3M7Q4V0T9E6C2X8N5B1RD',
  status: 'starting',
  charger_id: 'BLR-014',
  started_at: '2026-05-27T14:03:22.000Z',
  websocket: 'wss://api.magmapro.in/live/lt_ZGVtbzpzZXNz.Zm9yIHRoZSBkb2Nz',
  id: 'sess_01JWA3M7Q4V0T9E6C2X8N5B1RD',
  connector: 1,
  site_id: 'BLR-IND',
  auth_method: 'api',
  token_uid_masked: '••••••••••••••••B1RD',
  driver_id: null,
  command_id: 'cmd_01JWA3M7Q5KTJ7W2Z0C4Y6R8HN',
  reservation_id: null,
  transaction_id: null,
  charging_started_at: null,
  charging_ended_at: null,
  ended_at: null,
  meter_start_kwh: null,
  meter_stop_kwh: null,
  energy_kwh: 0,
  active_power_kw: null,
  soc_percent: null,
  soc_source: null,
  idle_minutes: 0,
  idle_fee_from: null,
  cost: {
    lines: [],
    subtotal: inr('0.00'),
    tax: inr('0.00'),
    total: inr('0.00'),
    as_of: '2026-05-27T14:03:22.000Z',
  },
  limits: null,
  charging_needs: null,
  vehicle_schedule: null,
  tariff_snapshot_id: 'tvr_01JV9W8Q0T6H3M5X7B2K4N1DZC',
  tariff_override: { type: 'free', duration_minutes: 30, on_expiry: 'revert' },
  suspended_by: null,
  stop_reason: null,
  stop_pending: false,
  failure_reason: null,
  offline: false,
  flags: [],
  cdr: null,
  external_ref: null,
  metadata: {},
  livemode: true,
  created_at: '2026-05-27T14:03:22.000Z',
  updated_at: '2026-05-27T14:03:22.000Z',
  resource_version: 1,
};

/** The same session, charging. */
export const chargingExample: SessionView = {
  ...startingExample,
  status: 'charging',
  transaction_id: '4711',
  charging_started_at: '2026-05-27T14:03:31.000Z',
  meter_start_kwh: 1843.2,
  energy_kwh: 4.7,
  active_power_kw: 21.4,
  cost: {
    ...startingExample.cost,
    lines: [freeEnergy('4.700')],
    as_of: '2026-05-27T14:16:31.000Z',
  },
  updated_at: '2026-05-27T14:16:31.000Z',
  resource_version: 16,
};

/** The same session, asked to stop. */
export const stoppingExample: SessionView = {
  ...chargingExample,
  status: 'stopping',
  stop_reason: 'remote',
  updated_at: '2026-05-27T14:48:31.000Z',
  resource_version: 49,
};

/** The same session, over: 45 minutes, the first 30 of them free. */
export const endedExample: SessionView = {
  ...stoppingExample,
  status: 'ended',
  websocket: null,
  charging_ended_at: '2026-05-27T14:48:33.000Z',
  ended_at: '2026-05-27T14:48:33.000Z',
  meter_stop_kwh: 1859.2,
  energy_kwh: 16,
  active_power_kw: 0,
  cost: {
    lines: [
      freeEnergy('10.600'),
      {
        component: 'energy',
        description: 'Energy',
        quantity: '5.400',
        unit: 'kWh',
        rate: '18.0000',
        amount: inr('97.20'),
        explanation: '5.400 kWh × 18.0000 = 97.20',
      },
    ],
    subtotal: inr('97.20'),
    tax: inr('17.50'),
    total: inr('114.70'),
    as_of: '2026-05-27T14:48:34.000Z',
  },
  cdr: {
    id: 'cdr_01JWA69B0X3V7Q2M4T8K6N5RCD',
    number: '2026-27/000123',
    energy_kwh: 16,
    duration_minutes: 45,
    total_excl_tax: inr('97.20'),
    tax: inr('17.50'),
    total: inr('114.70'),
    currency: 'INR',
    issued_at: '2026-05-27T14:48:34.000Z',
  },
  updated_at: '2026-05-27T14:48:34.000Z',
  resource_version: 51,
};

/** As it ended: its CDR comes a moment later. */
export const justEndedExample: SessionView = {
  ...endedExample,
  cdr: null,
  updated_at: '2026-05-27T14:48:33.000Z',
  resource_version: 50,
};

/** The vehicle has had enough, and stays. */
export const suspendedExample: SessionView = {
  ...chargingExample,
  status: 'suspended',
  charging_ended_at: '2026-05-27T14:40:02.000Z',
  energy_kwh: 12.9,
  active_power_kw: 0,
  suspended_by: 'vehicle',
  idle_fee_from: '2026-05-27T14:50:02.000Z',
  updated_at: '2026-05-27T14:40:02.000Z',
  resource_version: 41,
};

/** Stopped by its limit. */
export const limitedExample: SessionView = {
  ...stoppingExample,
  limits: { energy_kwh: 16 },
  stop_reason: 'limit_energy',
};

/** The charger would not begin. */
export const failedExample: SessionView = {
  ...startingExample,
  status: 'failed',
  websocket: null,
  ended_at: '2026-05-27T14:03:22.812Z',
  failure_reason: 'charger_rejected',
  updated_at: '2026-05-27T14:03:22.812Z',
  resource_version: 2,
};

/** Over long ago; its missing reports have come. */
export const reconciledExample: SessionView = {
  ...justEndedExample,
  offline: true,
  updated_at: '2026-05-27T15:20:11.000Z',
  resource_version: 52,
};

export const meterValuesExample: z.infer<typeof MeterValuesPayload> = {
  session_id: chargingExample.id,
  samples: [
    {
      at: '2026-05-27T14:16:31.000Z',
      energy_kwh: 4.7,
      register_kwh: 1847.9,
      power_kw: 21.4,
      current_a: 31,
      voltage_v: 230,
      soc_percent: null,
      temperature_c: null,
      context: 'periodic',
    },
  ],
};

export const socExample: z.infer<typeof SocPayload> = {
  session_id: chargingExample.id,
  charger_id: 'BLR-014',
  connector: 1,
  soc_percent: 57,
  source: 'charger',
  at: '2026-05-27T14:16:31.000Z',
};
