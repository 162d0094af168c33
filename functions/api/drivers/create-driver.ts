import { serve } from '#shared/aws/serve-endpoint.ts';
import { createDriver } from '#shared/drivers/create-driver.ts';
import { getDriver } from '#shared/drivers/driver.ts';
import { driverExample } from '#shared/drivers/driver-example.ts';
import { DriverView, driverView } from '#shared/drivers/driver-view.ts';
import { NewDriver } from '#shared/drivers/new-driver.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';

export const endpoint = defineEndpoint({
  id: 'createDriver',
  route: 'POST /v1/drivers',
  summary: 'Create a driver',
  description: `
Somebody who charges. With an \`email\` the driver can sign in to your apps by a code that is sent there; no
password is kept. Give the driver cards with \`driver_id\` of \`POST /v1/tokens\`: what is charged with them is
the driver's from then on.

**409 conflict**: a driver of the organization has this \`email\`. **403 site_restricted**: drivers are of no
site.`,
  scope: 'drivers:write',
  body: NewDriver,
  status: 201,
  response: DriverView,
  errors: ['conflict', 'site_restricted', 'validation_failed'],
  location: ({ id }) => `/v1/drivers/${id}`,
  examples: {
    staff: {
      summary: 'Somebody of the staff',
      body: {
        name: 'Asha Rao',
        email: 'asha@example.com',
        phone: '+919845012345',
        labels: ['staff'],
        external_ref: 'customer-4411',
      },
      response: driverExample,
    },
  },
  recall: async (ctx, { id }) => driverView(ctx, await getDriver(ctx, id)),
  handle: async ({ body }, ctx) => driverView(ctx, await createDriver(ctx, body)),
});

export const handler = serve(endpoint);
