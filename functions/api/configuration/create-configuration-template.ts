import { serve } from '#shared/aws/serve-endpoint.ts';
import { createTemplate } from '#shared/configuration/create-template.ts';
import { ConfigurationTemplate, getTemplate, NewTemplate } from '#shared/configuration/template.ts';
import { templateExample } from '#shared/configuration/template-example.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';

export const endpoint = defineEndpoint({
  id: 'createConfigurationTemplate',
  route: 'POST /v1/configuration-templates',
  summary: 'Create a configuration template',
  description: `
Says how settings should be on some chargers: those that are of the vendor and the model, at the site and
with the label that \`match\` names. A template of the same name, in whatever case, gets a new version and
keeps its id; earlier versions can still be applied. Nothing is sent to a charger until it is applied.

One template serves both OCPP versions: \`items\` has keys of 1.6 by name alone, and variables of 2.0.1 with
their component.

**422 validation_failed**: a setting is named twice, or is a password. **403 site_restricted**: a credential
that is restricted to sites makes templates for one of them. **409 conflict**: there are 200 already.`,
  scope: 'config:write',
  body: NewTemplate,
  status: 201,
  response: ConfigurationTemplate,
  errors: ['validation_failed', 'site_restricted', 'conflict'],
  examples: {
    bothVersions: {
      summary: 'One setting, for both versions',
      body: {
        name: 'Heartbeats',
        description: 'Five minutes are often enough.',
        match: { vendor_name: 'Magma', model: 'MX-EV-22' },
        items: [
          { name: 'HeartbeatInterval', value: '300' },
          { component: 'OCPPCommCtrlr', name: 'HeartbeatInterval', value: '300' },
        ],
      },
      response: templateExample,
    },
  },
  recall: (ctx, { id }) => getTemplate(ctx, id),
  handle: ({ body }, ctx) => createTemplate(ctx, body),
});

export const handler = serve(endpoint);
