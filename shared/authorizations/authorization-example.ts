import type { AuthorizationView } from '#shared/authorizations/authorization.ts';

/** A card nobody knows, as the documents show one. */
export const rejectedExample: AuthorizationView = {
  id: 'aut_01JWA3M7Q4V0T9E6C2X8N5B1RD',
  at: '2026-05-27T14:03:22.000Z',
  result: 'rejected',
  reason: 'unknown',
  uid: '04A2B3C4D5E680',
  token_id: null,
  token_type: null,
  driver_id: null,
  purpose: 'present',
  charger_id: 'BLR-014',
  connector: null,
  site_id: 'BLR-IND',
  session_id: null,
  livemode: true,
  created_at: '2026-05-27T14:03:22.000Z',
  resource_version: 1,
};

/** A card that is known, and was let charge. */
export const acceptedExample: AuthorizationView = {
  ...rejectedExample,
  result: 'accepted',
  reason: 'accepted',
  token_id: 'tok_01JWA3M7Q4V0T9E6C2X8N5B1RD',
  token_type: 'rfid',
  connector: 1,
};
