import type { ChargingProfile } from '#shared/smart-charging/charging-profile.ts';
import type { OutsideLimit } from '#shared/smart-charging/outside-limit.ts';

/** A profile as the documents show one: eleven kilowatts at most, on every session of a connector. */
export const profileExample: ChargingProfile = {
  id: 'chp_01JWA3M7Q4V0T9E6C2X8N5B1RD',
  number: 3,
  status: 'applied',
  charger_id: 'BLR-014',
  connector: 1,
  purpose: 'default',
  stack_level: 0,
  kind: 'absolute',
  recurrence: null,
  local_time: null,
  weekday: null,
  valid_from: null,
  valid_to: null,
  starts_at: '2026-05-27T14:03:22.000Z',
  duration_seconds: null,
  unit: 'a',
  periods: [{ start_seconds: 0, limit_kw: 10.971, limit_a: 15.9, phases: 3 }],
  min_rate_kw: null,
  min_rate_a: null,
  session_id: null,
  set_by: 'request',
  source: 'operator',
  command_id: 'cmd_01JWA3M7Q5KTJ7W2Z0C4Y6R8HN',
  livemode: true,
  created_at: '2026-05-27T14:03:22.000Z',
  updated_at: '2026-05-27T14:03:22.341Z',
  resource_version: 1,
};

/** The energy manager of the building allows ten amperes. */
export const outsideLimitExample: OutsideLimit = {
  source: 'ems',
  connector: null,
  is_grid_critical: false,
  starts_at: null,
  duration_seconds: null,
  periods: [{ start_seconds: 0, limit_kw: 6.9, limit_a: 10, phases: 3 }],
  since: '2026-05-27T13:40:00.000Z',
};
