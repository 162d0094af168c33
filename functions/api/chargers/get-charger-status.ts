import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { ChargerStatusView, getChargerStatus } from '#shared/sessions/charger-status-view.ts';

export const endpoint = defineEndpoint({
  id: 'getChargerStatus',
  route: 'GET /v1/chargers/{charger_id}/status',
  summary: 'Read what a charger does now',
  description: `
The cheap call for polling: status, connection and, per connector, the open session with its power and
state of charge. Power and state of charge are those of the newest meter value; \`null\` where no session
is open, or the charger does not measure it (state of charge comes with DC chargers, as a rule).

To be told instead of asking, open the live stream, or the \`websocket\` of a session.`,
  scope: 'chargers:read',
  forDrivers: true,
  params: z.object({ charger_id: z.string().meta({ example: 'BLR-014' }) }),
  status: 200,
  response: ChargerStatusView,
  errors: ['not_found'],
  examples: {
    charging: {
      summary: 'A charger with a car on it',
      params: { charger_id: 'BLR-014' },
      response: {
        id: 'BLR-014',
        status: 'in_use',
        connectivity: {
          state: 'online',
          since: '2026-05-27T09:12:00.000Z',
          last_seen_at: '2026-05-27T14:05:10.000Z',
        },
        connectors: [
          {
            id: 1,
            type: 'Type2',
            status: 'Charging',
            power_kw: 22,
            active_power_kw: 21.4,
            session_id: 'sess_01JWA3M7Q4V0T9E6C2X8N5B1RD',
            soc_percent: 46,
            status_updated_at: '2026-05-27T14:03:40.000Z',
          },
        ],
        updated_at: '2026-05-27T14:05:10.000Z',
      },
    },
  },
  handle: ({ params }, ctx) => getChargerStatus(ctx, params.charger_id),
});

export const handler = serve(endpoint);
