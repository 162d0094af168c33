import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { driverNamed } from '#shared/core/driver-access.ts';
import { getDriver } from '#shared/drivers/driver.ts';
import { driverExample } from '#shared/drivers/driver-example.ts';
import { DriverView, driverView } from '#shared/drivers/driver-view.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';

export const endpoint = defineEndpoint({
  id: 'getDriver',
  route: 'GET /v1/drivers/{driver_id}',
  summary: 'Read a driver',
  description: `
A driver's profile. With a driver token \`driver_id\` is \`me\`, or the driver's own id.

\`email\` and \`phone\` are masked (\`a•••@e•••.com\`) for credentials that have \`drivers:read\` alone; whoever may
change drivers sees them whole, and so do drivers their own.`,
  scope: 'drivers:read',
  forDrivers: true,
  params: z.object({ driver_id: z.string().meta({ example: driverExample.id }) }),
  status: 200,
  response: DriverView,
  errors: ['not_found'],
  examples: {
    one: {
      summary: 'Somebody of the staff',
      params: { driver_id: driverExample.id },
      response: driverExample,
    },
  },
  handle: async ({ params }, ctx) =>
    driverView(ctx, await getDriver(ctx, driverNamed(ctx, params.driver_id))),
});

export const handler = serve(endpoint);
