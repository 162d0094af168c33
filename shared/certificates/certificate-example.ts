import type { ChargerCertificate } from '#shared/certificates/charger-certificate.ts';

/** A certificate that was issued to a charger, and which it uses, as the documents show one. */
export const issuedExample: ChargerCertificate = {
  id: 'crt_01JWA3M7Q4V0T9E6C2X8N5B1RD',
  charger_id: 'BLR-014',
  use: 'charger',
  status: 'active',
  serial_number: '5F2D0C8B7E6A4913',
  fingerprint: 'fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9',
  subject: 'CN=BLR-014, O=demo',
  issuer: 'CN=ChargeSpot chargers',
  not_before: '2026-05-27T14:03:22.000Z',
  not_after: '2027-05-27T14:03:22.000Z',
  failure_reason: null,
  livemode: true,
  created_at: '2026-05-27T14:03:20.000Z',
  updated_at: '2026-05-27T14:03:24.118Z',
  resource_version: 3,
};

/** The same with a week left. */
export const expiringExample: ChargerCertificate = {
  ...issuedExample,
  not_before: '2025-06-03T14:00:00.000Z',
  not_after: '2026-06-03T14:00:00.000Z',
};

/** One that never came to be. */
export const failedExample: ChargerCertificate = {
  ...issuedExample,
  status: 'failed',
  serial_number: null,
  fingerprint: null,
  subject: null,
  issuer: null,
  not_before: null,
  not_after: null,
  failure_reason: 'The charger rejected the certificate.',
  resource_version: 2,
};
