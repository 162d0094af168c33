import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { dispatchNow } from '#shared/ocpp/requests/request-command.ts';
import { NewSession } from '#shared/sessions/new-session.ts';
import { startingExample } from '#shared/sessions/session-example.ts';
import { getSessionView, SessionView } from '#shared/sessions/session-view.ts';
import { startSession } from '#shared/sessions/start-session.ts';

export const endpoint = defineEndpoint({
  id: 'startSession',
  route: 'POST /v1/sessions',
  summary: 'Start charging',
  description: `
Asks a charger to start, and answers at once with the session, \`starting\`, and the \`websocket\` on which
everything that comes of it arrives: connect, and see energy, power, state of charge and cost move until
the end. The same arrives as webhooks (\`session.updated\`, \`session.ended\`, ...).

The driver has two minutes to plug in. A charger that refuses, stays silent or sees no cable makes the
session \`failed\`, with a \`failure_reason\`. Billing time runs from \`charging_started_at\`.

\`tariff_override\` gives this session a price of its own: a free allowance, a flat amount or a discount.
It needs the scope \`tariffs:write\` too (**403 tariff_override_not_allowed**). The clock of a free
allowance starts when charging does; when it is used up, the site's tariff applies, or with
\`on_expiry: stop\` the session ends.

Send an \`Idempotency-Key\`: a retry then answers with the first session instead of **409
connector_in_use**. Other reasons to refuse: **409 charger_offline** (worth a retry),
**connector_unavailable**, **connector_faulted**; **404** for a charger that is not yours; **422** where
the charger has several connectors and none is named.

A connector that is reserved for somebody is **connector_unavailable**, unless \`reservation_id\` names that
reservation: the session fulfils it, and is begun with the token it is for. **409 reservation_conflict**:
the reservation is over, or opens later than in ten minutes.

\`driver_id\` makes it a driver's session: **404** for one that is not there. **With a driver token** it is that
driver's always. **403 authorization_rejected**: the driver is blocked, is not let in at the site, or has as many
sessions open as a token may have (five, where the organization says nothing).`,
  scope: 'sessions:write',
  forDrivers: true,
  body: NewSession,
  status: 201,
  quota: 'device',
  response: SessionView,
  errors: [
    'not_found',
    'validation_failed',
    'charger_offline',
    'connector_in_use',
    'connector_unavailable',
    'connector_faulted',
    'tariff_override_not_allowed',
    'reservation_conflict',
    'authorization_rejected',
  ],
  location: ({ session_id }) => `/v1/sessions/${session_id}`,
  examples: {
    freeHalfHour: {
      summary: 'The first half hour is free',
      body: {
        charger_id: 'BLR-014',
        connector: 1,
        auth_method: 'api',
        tariff_override: { type: 'free', duration_minutes: 30 },
      },
      response: startingExample,
    },
    limited: {
      summary: 'Stop at 20 kWh or 80 %, whichever is first',
      body: {
        charger_id: 'BLR-013',
        limits: { energy_kwh: 20, soc_percent: 80 },
        external_ref: 'order-8841',
        metadata: { bay: 'B2-17' },
      },
    },
  },
  recall: (ctx, { id }) => getSessionView(ctx, id),
  async handle({ body }, ctx) {
    const session = await startSession(ctx, body);
    await dispatchNow(ctx, session.charger_id);
    return session;
  },
});

export const handler = serve(endpoint);
