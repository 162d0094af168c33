import type { OrganizationView } from '#shared/organizations/organization-view.ts';

/** An organization as the documents show one. */
export const organizationExample: OrganizationView = {
  id: 'main',
  parent_id: null,
  name: 'Volt Charging',
  livemode: true,
  currency: 'INR',
  timezone: 'Asia/Kolkata',
  auto_register: false,
  auto_register_site_id: null,
  allow_unsecured: false,
  offline_grace_seconds: 90,
  heartbeat_interval_seconds: 300,
  read_configuration_on_boot: false,
  accept_unknown_tokens: false,
  drivers_may_sign_up: false,
  max_concurrent_sessions_per_token: 1,
  max_concurrent_sessions_by_group: { fleet: 5 },
  local_list: 'all',
  data_transfer_vendors: ['com.example.meter'],
  ocpp_log: 'all',
  tax: { gst_percent: '18.00', sac: '998714', gstin: '27AAPFU0939F1ZV' },
  certificate_valid_days: 365,
  certificate_issuers: ['CN=Vendor CA,O=Vendor'],
  contract_provisioning: { url: 'https://ccp.example.com/contracts', has_token: true },
  created_at: '2026-04-01T05:00:00.000Z',
  updated_at: '2026-05-27T14:10:00.000Z',
  resource_version: 7,
};

/** One for which it may act. */
export const childExample: OrganizationView = {
  ...organizationExample,
  id: 'main-north',
  parent_id: 'main',
  name: 'Volt Charging North',
  resource_version: 1,
};
