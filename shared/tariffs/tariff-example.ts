import type { SiteTariff } from '#shared/tariffs/site-tariff.ts';

/** What the documents show. */
export const exampleTariff: SiteTariff = {
  site_id: 'BLR-IND',
  id: 'tvr_01JWA3M7Q4V0T9E6C2X8N5B1RD',
  version: 3,
  currency: 'INR',
  energy_rate: '18.0000',
  time_rate_per_minute: null,
  idle_fee_per_minute: '2.0000',
  idle_grace_minutes: 10,
  session_fee: '0.00',
  tax_inclusive: false,
  taxes: [
    { type: 'CGST', rate_percent: '9.00' },
    { type: 'SGST', rate_percent: '9.00' },
  ],
  effective_from: '2026-05-31T18:30:00.000Z',
  created_at: '2026-05-27T14:03:22.000Z',
  next_change: null,
  warnings: [],
  livemode: true,
  resource_version: 3,
};
