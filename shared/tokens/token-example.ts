import type { TokenView } from '#shared/tokens/token-view.ts';

/** A card as the documents show one. */
export const tokenExample: TokenView = {
  id: 'tok_01JWA3M7Q4V0T9E6C2X8N5B1RD',
  uid: '04A2B3C4D5E680',
  type: 'rfid',
  status: 'active',
  valid_until: '2027-03-31T18:30:00.000Z',
  group_id: 'FLEET-7',
  labels: ['staff'],
  contract_id: null,
  driver_id: 'drv_01JV9W8Q0T6H3M5X7B2K4N1DZC',
  name: 'Card of the blue van',
  visual_number: '0007 4411',
  roaming_allowed: false,
  max_concurrent_sessions: null,
  issuer: 'own',
  last_used_at: '2026-05-27T14:03:22.000Z',
  last_used_charger_id: 'BLR-014',
  external_ref: null,
  metadata: {},
  livemode: true,
  created_at: '2026-04-01T05:00:00.000Z',
  updated_at: '2026-04-01T05:00:00.000Z',
  resource_version: 1,
};

/** The same card, as it was when it was registered. */
export const newTokenExample: TokenView = {
  ...tokenExample,
  last_used_at: null,
  last_used_charger_id: null,
};
