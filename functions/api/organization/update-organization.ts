import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { organizationExample } from '#shared/organizations/organization-example.ts';
import { OrganizationPatch } from '#shared/organizations/organization-patch.ts';
import { OrganizationView } from '#shared/organizations/organization-view.ts';
import { updateOrganization } from '#shared/organizations/update-organization.ts';

export const endpoint = defineEndpoint({
  id: 'updateOrganization',
  route: 'PATCH /v1/organization',
  summary: 'Change your organization and its settings',
  description: `
JSON Merge Patch (RFC 7396): what is left out stays, also within \`tax\` and
\`max_concurrent_sessions_by_group\`. Lists and \`contract_provisioning\` are replaced as a whole. A field that
is not there is refused, so that no setting is missed for a typing error. \`organization.updated\` tells what
was before.

From when a change counts differs, and is said at each field: most count for the next thing that happens;
\`heartbeat_interval_seconds\` from a charger's next boot on, \`ocpp_log\` from its next connection on, which
is within two hours.

Live organizations let in known chargers alone: **403 sandbox_only** for \`auto_register\` and
\`allow_unsecured\`. The currency is settled with the first site or charger: **409 conflict**. A credential that
is restricted to sites changes nothing that is of all sites: **403 site_restricted**. Send \`If-Match\` with the
\`ETag\` you read to be refused (**412 etag_mismatch**) where someone else was faster.`,
  scope: 'admin:write',
  body: OrganizationPatch,
  status: 200,
  response: OrganizationView,
  errors: ['validation_failed', 'sandbox_only', 'site_restricted', 'conflict', 'etag_mismatch'],
  examples: {
    chargers: {
      summary: 'What chargers are told and what is kept of them',
      body: { heartbeat_interval_seconds: 240, ocpp_log: 'errors' },
      response: {
        ...organizationExample,
        heartbeat_interval_seconds: 240,
        ocpp_log: 'errors',
        updated_at: '2026-05-27T14:12:00.000Z',
        resource_version: 8,
      },
    },
    tax: { summary: 'A GST number', body: { tax: { gstin: '27AAPFU0939F1ZV' } } },
    limits: {
      summary: 'Two sessions a token, five in the fleet, no more a limit for guests',
      body: {
        max_concurrent_sessions_per_token: 2,
        max_concurrent_sessions_by_group: { fleet: 5, guests: null },
      },
    },
    provisioning: {
      summary: 'Who issues contract certificates to cars',
      body: {
        contract_provisioning: { url: 'https://ccp.example.com/contracts', token: 'ccp-secret' },
      },
    },
  },
  handle: ({ body, ifMatch }, ctx) => updateOrganization(ctx, body, ifMatch),
});

export const handler = serve(endpoint);
