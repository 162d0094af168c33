import type { SiteView } from '#shared/sites/site.ts';

/** A site as the documents show one. */
export const siteExample: SiteView = {
  id: 'BLR-IND',
  name: 'Indiranagar Mall',
  address: {
    line1: '100 Feet Road',
    line2: 'Basement 2',
    city: 'Bengaluru',
    state: 'Karnataka',
    postal_code: '560038',
    country: 'IN',
  },
  geo: { lat: 12.9784, lng: 77.6408 },
  timezone: 'Asia/Kolkata',
  access: { type: 'public', driver_labels: [] },
  local_list: null,
  amenities: ['restroom', 'food'],
  grid_connection: {
    discom: 'BESCOM',
    consumer_number: '5128846000',
    sanctioned_load_kw: 250,
    phases: 3,
  },
  external_ref: null,
  metadata: {},
  status: 'open',
  counts: { Available: 9, Charging: 3 },
  chargers: 12,
  livemode: true,
  created_at: '2026-04-01T05:00:00.000Z',
  updated_at: '2026-04-01T05:00:00.000Z',
  resource_version: 1,
};
