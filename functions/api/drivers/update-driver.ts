import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { driverNamed } from '#shared/core/driver-access.ts';
import { driverExample } from '#shared/drivers/driver-example.ts';
import { DriverView, driverView } from '#shared/drivers/driver-view.ts';
import { DriverPatch } from '#shared/drivers/new-driver.ts';
import { updateDriver } from '#shared/drivers/update-driver.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';

export const endpoint = defineEndpoint({
  id: 'updateDriver',
  route: 'PATCH /v1/drivers/{driver_id}',
  summary: 'Change or block a driver',
  description: `
JSON Merge Patch (RFC 7396): what is left out stays, \`null\` clears. \`driver.updated\` tells what was before.

\`status: blocked\` ends every sign-in of the driver, closes live connections, and lets the driver start and
reserve nothing over the API. Cards are tokens of their own: block them with \`PATCH /v1/tokens/{token_id}\`. A new
\`email\` ends earlier sign-ins too.

**With a driver token** \`driver_id\` is \`me\`, and \`name\` and \`phone\` can be changed: **403 insufficient_scope**
for the rest. **409 conflict**: another driver has the \`email\`. Send \`If-Match\` with the \`ETag\` you read to be
refused (**412**) where someone else was faster.`,
  scope: 'drivers:write',
  forDrivers: true,
  params: z.object({ driver_id: z.string().meta({ example: driverExample.id }) }),
  body: DriverPatch,
  status: 200,
  response: DriverView,
  errors: ['not_found', 'conflict', 'gone', 'etag_mismatch', 'validation_failed'],
  examples: {
    block: {
      summary: 'No more charging over the app',
      params: { driver_id: driverExample.id },
      body: { status: 'blocked' },
      response: {
        ...driverExample,
        status: 'blocked',
        updated_at: '2026-05-27T14:10:00.000Z',
        resource_version: 2,
      },
    },
  },
  handle: async ({ params, body, ifMatch }, ctx) =>
    driverView(ctx, await updateDriver(ctx, driverNamed(ctx, params.driver_id), body, ifMatch)),
});

export const handler = serve(endpoint);
