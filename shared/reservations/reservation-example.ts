import type { ReservationView } from '#shared/reservations/reservation.ts';

/** A reservation as the documents show one: kept by its charger, its window open. */
export const activeExample: ReservationView = {
  id: 'res_01JWA3M7Q4V0T9E6C2X8N5B1RD',
  status: 'active',
  rejected_reason: null,
  canceled_by: null,
  charger_id: 'BLR-014',
  connector: 1,
  site_id: 'BLR-IND',
  starts_at: '2026-05-27T14:03:22.000Z',
  expires_at: '2026-05-27T14:33:22.000Z',
  token_id: null,
  driver_id: null,
  group_id: null,
  held_by: 'charger',
  command_id: 'cmd_01JWA3M7Q5KTJ7W2Z0C4Y6R8HN',
  session_id: null,
  confirmed_at: '2026-05-27T14:03:22.410Z',
  ended_at: null,
  external_ref: null,
  metadata: {},
  livemode: true,
  created_at: '2026-05-27T14:03:22.000Z',
  updated_at: '2026-05-27T14:03:22.410Z',
  token_uid_masked: '••••••C4D5',
  resource_version: 2,
};

/** The same, as it is answered: the charger is being asked. */
export const requestedExample: ReservationView = {
  ...activeExample,
  status: 'requested',
  held_by: null,
  confirmed_at: null,
  updated_at: activeExample.created_at,
  resource_version: 1,
};

/** A window ahead, held by the platform until it comes. */
export const confirmedExample: ReservationView = {
  ...activeExample,
  status: 'confirmed',
  starts_at: '2026-05-27T18:00:00.000Z',
  expires_at: '2026-05-27T19:00:00.000Z',
  held_by: 'platform',
  command_id: null,
  confirmed_at: activeExample.created_at,
  updated_at: activeExample.created_at,
  resource_version: 1,
};

export const canceledExample: ReservationView = {
  ...activeExample,
  status: 'canceled',
  canceled_by: 'request',
  ended_at: '2026-05-27T14:10:00.000Z',
  updated_at: '2026-05-27T14:10:00.000Z',
  resource_version: 3,
};

/** The charger would not keep it. */
export const rejectedExample: ReservationView = {
  ...requestedExample,
  status: 'rejected',
  rejected_reason: 'occupied',
  ended_at: '2026-05-27T14:03:22.410Z',
  updated_at: '2026-05-27T14:03:22.410Z',
  resource_version: 2,
};

/** Whoever it was kept for has come. */
export const fulfilledExample: ReservationView = {
  ...activeExample,
  status: 'fulfilled',
  session_id: 'sess_01JWA3M7Q4V0T9E6C2X8N5B1RD',
  ended_at: '2026-05-27T14:20:05.000Z',
  updated_at: '2026-05-27T14:20:05.000Z',
  resource_version: 3,
};

/** Nobody came. */
export const expiredExample: ReservationView = {
  ...activeExample,
  status: 'expired',
  ended_at: activeExample.expires_at,
  updated_at: activeExample.expires_at,
  resource_version: 3,
};
