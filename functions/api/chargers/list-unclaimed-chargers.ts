import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { unclaimedExample } from '#shared/chargers/charger-example.ts';
import { UnclaimedCharger } from '#shared/chargers/events.ts';
import { listUnclaimed } from '#shared/chargers/unclaimed.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { listOf, pageQuery } from '#shared/http/list.ts';
import { readPage } from '#shared/http/read-page.ts';

export const endpoint = defineEndpoint({
  id: 'listUnclaimedChargers',
  route: 'GET /v1/unclaimed-chargers',
  summary: 'List identities that were refused',
  description: `
Who knocked at this organization's OCPP URL and was not let in, by identity: chargers that nobody has
registered (\`not_registered\`), and known ones with a wrong password (\`bad_credentials\`). Each is kept for
30 days after its last attempt.

Register one with \`POST /v1/chargers\`: it leaves this list, and its next attempt succeeds. The webhook
event \`charger.unclaimed_connection\` tells of a new one at once.

Refused identities belong to no site: a credential that is restricted to sites sees none.`,
  scope: 'chargers:read',
  query: z.object(pageQuery),
  status: 200,
  response: listOf('unclaimed_chargers', UnclaimedCharger).meta({ id: 'UnclaimedChargerList' }),
  examples: {
    oneStranger: {
      summary: 'One charger waits to be registered',
      query: {},
      response: {
        unclaimed_chargers: [unclaimedExample],
        total: null,
        next_cursor: null,
      },
    },
  },
  async handle({ query }, ctx) {
    const { items, ...rest } = await readPage(ctx, 'unclaimed-chargers', query, (page) =>
      listUnclaimed(ctx, page),
    );
    return { unclaimed_chargers: items, ...rest };
  },
});

export const handler = serve(endpoint);
