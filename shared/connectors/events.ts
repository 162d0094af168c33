import * as z from 'zod';
import { ConnectorView } from '#shared/connectors/connector.ts';
import { defineEvent } from '#shared/events/event.ts';

/** A connector on its own, with where it is. */
export const ConnectorListed = ConnectorView.extend({
  charger_id: z.string(),
  site_id: z.string().nullable(),
  resource_version: z.int(),
}).meta({
  id: 'ListedConnector',
  description: 'A connector with the charger and site it belongs to.',
});
export type ConnectorListed = z.infer<typeof ConnectorListed>;

export const ConnectorStatusChanged = defineEvent({
  name: 'connector.status_changed',
  object: 'connector',
  channels: ['webhook', 'live'],
  when: 'Connector status changed; carries previous status and error code',
  data: ConnectorListed,
  example: {
    id: 1,
    type: 'Type2',
    status: 'Charging',
    power_kw: 22,
    evse_id: null,
    format: 'socket',
    max_current_a: 32,
    phases: 3,
    session_id: 'sess_01JWA3M7Q4V0T9E6C2X8N5B1RD',
    reservation_id: null,
    error_code: null,
    status_updated_at: '2026-05-27T14:03:31.114Z',
    status_stale: false,
    charger_id: 'BLR-014',
    site_id: 'BLR-IND',
    resource_version: 17,
  },
  core: true,
});
