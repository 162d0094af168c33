import type { ConfigurationTemplate } from '#shared/configuration/template.ts';

const nowhere = {
  component_instance: null,
  instance: null,
  evse_id: null,
  evse_connector_id: null,
};

/** A template as the documents show one. */
export const templateExample: ConfigurationTemplate = {
  id: 'ctp_01JWA3QH3M9K2V7T5C8X0N4B6R',
  name: 'Heartbeats',
  description: 'Five minutes are often enough.',
  match: { vendor_name: 'Magma', model: 'MX-EV-22', site_id: null, label: null },
  items: [
    { ...nowhere, name: 'HeartbeatInterval', component: null, value: '300' },
    { ...nowhere, name: 'HeartbeatInterval', component: 'OCPPCommCtrlr', value: '300' },
  ],
  version: 1,
  livemode: true,
  created_at: '2026-05-27T14:03:22.000Z',
  updated_at: '2026-05-27T14:03:22.000Z',
  resource_version: 1,
};
