import type { DriverView } from '#shared/drivers/driver-view.ts';

/** A driver as the documents show one. */
export const driverExample: DriverView = {
  id: 'drv_01JV9W8Q0T6H3M5X7B2K4N1DZC',
  name: 'Asha Rao',
  email: 'asha@example.com',
  phone: '+919845012345',
  status: 'active',
  labels: ['staff'],
  external_ref: 'customer-4411',
  metadata: {},
  livemode: true,
  created_at: '2026-05-27T14:03:22.000Z',
  updated_at: '2026-05-27T14:03:22.000Z',
  resource_version: 1,
};

/** The same, as events tell of one, and as who may read drivers alone sees one. */
export const maskedDriverExample: DriverView = {
  ...driverExample,
  email: 'a•••@e•••.com',
  phone: '•••••••••2345',
};
