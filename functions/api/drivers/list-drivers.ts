import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { EmailAddress } from '#shared/core/email-address.ts';
import { DriverStatus } from '#shared/drivers/driver.ts';
import { driverExample } from '#shared/drivers/driver-example.ts';
import { DriverView } from '#shared/drivers/driver-view.ts';
import { listDrivers } from '#shared/drivers/list-drivers.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { answerList, commaList, listOf, pageQuery } from '#shared/http/list.ts';

const text = z.string().max(100).optional();

export const endpoint = defineEndpoint({
  id: 'listDrivers',
  route: 'GET /v1/drivers',
  summary: 'List drivers',
  description: `
Drivers, newest first. \`email\` and \`phone\` find a driver by the whole of it; they are masked in the answer for
credentials that have \`drivers:read\` alone.

\`total\` counts all; it is \`null\` with a filter other than \`ids\` and \`email\`. A page of a narrow filter may be
short, or even empty: go on while \`next_cursor\` is given. A credential that is restricted to sites sees none:
drivers are of no site.`,
  scope: 'drivers:read',
  query: z.object({
    email: EmailAddress.optional(),
    phone: text.meta({ description: 'As E.164 has it.', example: '+919845012345' }),
    status: commaList(DriverStatus).optional().meta({ example: 'active' }),
    label: text.meta({ description: 'With this label.', example: 'staff' }),
    external_ref: text.meta({ description: 'With this reference of yours.' }),
    ids: commaList(z.string().max(64)).optional().meta({
      description: 'These alone, comma between them.',
    }),
    ...pageQuery,
  }),
  status: 200,
  response: listOf('drivers', DriverView).meta({ id: 'DriverList' }),
  examples: {
    byEmail: {
      summary: 'Who has this email',
      query: { email: 'asha@example.com' },
      response: { drivers: [driverExample], total: 1, next_cursor: null },
    },
  },
  async handle({ query }, ctx) {
    const { limit: _, cursor: __, ...filter } = query;
    return answerList(ctx, { list: 'listDrivers', plural: 'drivers', query }, (page) =>
      listDrivers(ctx, filter, page),
    );
  },
});

export const handler = serve(endpoint);
