import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { answerList, commaList, listOf, pageQuery } from '#shared/http/list.ts';
import { listChildren } from '#shared/organizations/child-organizations.ts';
import { childExample } from '#shared/organizations/organization-example.ts';
import { OrganizationView, organizationView } from '#shared/organizations/organization-view.ts';

export const endpoint = defineEndpoint({
  id: 'listOrganizations',
  route: 'GET /v1/organizations',
  summary: 'List your child organizations',
  description: `
Those for which your credentials may act by sending \`Magma-Organization\`, by id, each with its settings. Your own is
\`GET /v1/organization\`. A credential restricted to sites acts for none, and finds none.`,
  scope: 'admin:read',
  query: z.object({
    ids: commaList(z.string().max(64)).optional().meta({
      description: 'Only these, separated by commas.',
      example: childExample.id,
    }),
    ...pageQuery,
  }),
  status: 200,
  response: listOf('organizations', OrganizationView).meta({ id: 'OrganizationList' }),
  examples: {
    all: {
      summary: 'All of them',
      query: {},
      response: { organizations: [childExample], total: 1, next_cursor: null },
    },
  },
  handle: ({ query }, ctx) =>
    answerList(ctx, { list: 'organizations', plural: 'organizations', query }, async (page) => {
      const { items, ...rest } = await listChildren(ctx, query.ids, page);
      return { items: items.map(organizationView), ...rest };
    }),
});

export const handler = serve(endpoint);
