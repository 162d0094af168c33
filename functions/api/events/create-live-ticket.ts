import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { createLiveTicket, LiveTicketView, NewLiveTicket } from '#shared/live/live-ticket.ts';

export const endpoint = defineEndpoint({
  id: 'createLiveTicket',
  route: 'POST /v1/live-tickets',
  summary: 'Get a URL of the live stream',
  description: `
Answers a WebSocket URL that is good for **one** connection, opened within 60 seconds. It shows the events of
\`topics\`, less than a second after they happen, and needs no other credential, so that a browser can use it.

| Topic | Events |
|---|---|
| \`sessions\` | \`session.*\` but meter values |
| \`meter_values\` | \`session.meter_values\` |
| \`connectors\` | \`connector.status_changed\` |
| \`chargers\` | \`charger.online\`, \`charger.offline\`, faults |
| \`faults\` | \`charger.fault\`, \`charger.fault_cleared\`, \`alert.*\` |
| \`soc\` | \`soc.updated\` |
| \`commands\` | \`command.*\` |
| \`energy\`, \`authorizations\`, \`payments\` | load and grid; who may charge; money, and \`cdr.created\` |

The server begins with \`{"type":"hello",…,"snapshot":[…]}\`, the present state of what you watch, each object
with its kind in \`object\`; if it is long, \`snapshot\` frames follow until \`snapshot_complete\`. Then come
\`{"type":"event","seq":n,"event":{…}}\`, \`seq\` one more each time. \`{"type":"gap","after":"evt_…"}\` says that
events were left out (over 200 a second, or a resume of more than 10 minutes): fetch them with
\`GET /v1/events?after=\`. Five minutes before a connection's two hours are over, \`reconnect\` brings a new
URL; after a day \`url\` is \`null\`, and you need a new ticket.

You may send \`{"action":"ping"}\` (do, every 5 minutes: an idle connection is closed after 10),
\`{"action":"subscribe","topics":[…],"filter":{…}}\`, \`{"action":"unsubscribe","topics":[…]}\` and
\`{"action":"resume","after":"evt_…"}\`. Events may be repeated: know them by their id, and drop one whose
\`resource_version\` is not above what you hold.

At most 20 connections per credential. Events of objects that the credential may not read are left out.

**403 insufficient_scope**: nothing of a topic may be read. **403 site_restricted**: a site of the filter is
out of reach.`,
  scope: 'live:connect',
  forDrivers: true,
  body: NewLiveTicket,
  status: 201,
  response: LiveTicketView,
  errors: ['insufficient_scope', 'site_restricted'],
  examples: {
    site: {
      summary: 'Sessions and connectors of one site',
      body: {
        topics: ['sessions', 'connectors', 'faults', 'soc'],
        filter: { site_id: ['BLR-IND'] },
      },
      response: {
        id: 'ltk_01JWA3M7Q4V0T9E6C2X8N5B1RD',
        url: 'wss://api.magmapro.in/live/lt_9f2cT1xqKf0bY7aZ3mWvR5uNcE8hLpQd',
        expires_at: '2026-05-27T14:04:22.000Z',
        max_duration_seconds: 7200,
      },
    },
    resume: {
      summary: 'Go on after a lost connection',
      body: { topics: ['sessions'], resume_after: 'evt_01JWA3QH3M9K2V7T5C8X0N4B6R' },
    },
  },
  handle: ({ body }, ctx) => createLiveTicket(ctx, body),
});

export const handler = serve(endpoint);
