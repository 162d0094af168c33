import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { ChargerView } from '#shared/chargers/charger.ts';
import { newChargerExample } from '#shared/chargers/charger-example.ts';
import { NewCharger } from '#shared/chargers/new-charger.ts';
import { createCharger } from '#shared/chargers/register-charger.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';

const RegisteredCharger = ChargerView.extend({
  ocpp_url: z.string().meta({
    description: 'What to enter in the charger as the URL of its backend.',
    example: 'wss://api.magmapro.in/ocpp/magma/BLR-014',
  }),
  ocpp_password: z.string().nullable().meta({
    description:
      'Told this once. 40 hex digits: the `AuthorizationKey` of OCPP 1.6, the `BasicAuthPassword` of 2.0.1.',
    example: '8f4ac1d07b3e5296a1d04c7be93f20518d6ea7c4',
  }),
}).meta({ id: 'RegisteredCharger', description: 'A charger with the credentials it connects by.' });

export const endpoint = defineEndpoint({
  id: 'createCharger',
  route: 'POST /v1/chargers',
  summary: 'Register a charger',
  description: `
Makes a charger known before it connects for the first time, and answers with the two things to enter
in it: the OCPP URL, and its password, **which is told this once** and cannot be read again.

Its \`id\` is the number on the housing. It is also the charger's OCPP identity, the last segment of the
URL, unless \`ocpp_identity\` says otherwise (for chargers whose identity cannot be changed). An identity
listed by \`GET /v1/unclaimed-chargers\` is claimed by registering it here.

Connectors may be given, and are worth giving: plug and power cannot be learnt over OCPP 1.6. Those
left out appear when the charger first reports them.

**409 conflict**: the id or the identity is taken, also by a charger since retired. **422**: there is no
such site, or \`security_profile\` 0 is asked for where the organization does not allow chargers without
a password.`,
  scope: 'chargers:write',
  body: NewCharger,
  status: 201,
  response: RegisteredCharger,
  errors: ['conflict', 'site_restricted', 'validation_failed'],
  location: ({ id }) => `/v1/chargers/${encodeURIComponent(id)}`,
  examples: {
    withConnector: {
      summary: 'An AC charger with one socket',
      body: {
        id: 'BLR-014',
        name: 'Basement 2, bay 17',
        site_id: 'BLR-IND',
        model: 'MX-EV-22',
        vendor_name: 'Magma',
        serial_number: 'MX22-2026-00417',
        connectors: [
          { id: 1, type: 'Type2', format: 'socket', power_kw: 22, max_current_a: 32, phases: 3 },
        ],
        labels: ['basement'],
        metadata: { bay: 'B2-17' },
      },
      response: {
        ...newChargerExample,
        ocpp_url: 'wss://api.magmapro.in/ocpp/magma/BLR-014',
        ocpp_password: '8f4ac1d07b3e5296a1d04c7be93f20518d6ea7c4',
      },
    },
    bare: {
      summary: 'No more than its id; the rest is learnt when it connects',
      body: { id: 'BLR-014' },
    },
  },
  recall: 'secret',
  handle: ({ body }, ctx) => createCharger(ctx, body),
});

export const handler = serve(endpoint);
