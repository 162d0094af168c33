import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { getOrganization } from '#shared/organizations/organization.ts';
import { organizationExample } from '#shared/organizations/organization-example.ts';
import { OrganizationView, organizationView } from '#shared/organizations/organization-view.ts';

export const endpoint = defineEndpoint({
  id: 'getOrganization',
  route: 'GET /v1/organization',
  summary: 'Read your organization',
  description: `
The organization of your credential, with all of its settings: what its chargers are told, whom it lets
charge, its taxes. What each means, and from when a change of it counts, is said at the field.

Secrets are not shown: of \`contract_provisioning\`, whether there is a token.`,
  scope: 'admin:read',
  status: 200,
  response: OrganizationView,
  examples: { live: { summary: 'A live organization', response: organizationExample } },
  handle: async (_, ctx) => organizationView(await getOrganization(ctx)),
});

export const handler = serve(endpoint);
