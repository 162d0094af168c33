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
});
