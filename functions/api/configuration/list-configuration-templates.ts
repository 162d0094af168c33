import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { allTemplates, ConfigurationTemplate } from '#shared/configuration/template.ts';
import { Drift, driftOf } from '#shared/configuration/template-drift.ts';
import { templateExample } from '#shared/configuration/template-example.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { commaList, listOf, pageQuery } from '#shared/http/list.ts';
import { readPage } from '#shared/http/read-page.ts';

const Listed = ConfigurationTemplate.extend({
  drift: Drift.optional().meta({ description: 'With `expand=drift`.' }),
}).meta({ id: 'ListedConfigurationTemplate' });

/** Comparing takes a while: so many templates a page. */
const COMPARED_AT_MOST = 10;

export const endpoint = defineEndpoint({
  id: 'listConfigurationTemplates',
  route: 'GET /v1/configuration-templates',
  summary: 'List configuration templates',
  description: `
How settings should be on the chargers that a template is for, by name, each in its newest version.

With \`expand=drift\` each template says which of its chargers are known to be otherwise: up to 200 chargers
of a template are compared, and a page has 10 templates at most. What is compared is what was last read or
set, and no charger is asked: a setting that is not known (\`known: null\`) counts as different; refresh the
configuration to know better. Of a template, a charger concern the items its OCPP version has names for.

A credential that is restricted to sites sees the templates of those sites and those of none.`,
  scope: 'config:read',
  query: z.object({
    expand: commaList(z.literal('drift'))
      .optional()
      .meta({ description: '`drift`: the chargers that differ.', example: 'drift' }),
    ...pageQuery,
  }),
  status: 200,
  response: listOf('configuration_templates', Listed).meta({ id: 'ConfigurationTemplateList' }),
  examples: {
    drift: {
      summary: 'Which chargers are not as they should be',
      query: { expand: 'drift' },
      response: {
        configuration_templates: [
          {
            ...templateExample,
            drift: {
              checked: 12,
              more: false,
              chargers: [
                {
                  charger_id: 'BLR-014',
                  differences: [
                    {
                      name: 'HeartbeatInterval',
                      component: null,
                      component_instance: null,
                      instance: null,
                      evse_id: null,
                      evse_connector_id: null,
                      wanted: '300',
                      known: '60',
                    },
                  ],
                },
              ],
            },
          },
        ],
        total: 1,
        next_cursor: null,
      },
    },
  },
  async handle({ query }, ctx) {
    const withDrift = query.expand?.includes('drift') ?? false;
    const all = await allTemplates(ctx);
    const { items, ...rest } = await readPage(
      ctx,
      'configuration_templates',
      query,
      async (page) => {
        const limit = withDrift ? Math.min(page.limit, COMPARED_AT_MOST) : page.limit;
        const at =
          page.cursor === undefined ? 0 : all.findIndex(({ id }) => id === page.cursor) + 1;
        const some = all.slice(at, at + limit);
        const last = all.length > at + some.length ? some.at(-1) : undefined;
        return { items: some, total: all.length, ...(last ? { cursor: last.id } : {}) };
      },
    );
    const configuration_templates: z.input<typeof Listed>[] = [];
    for (const one of items)
      configuration_templates.push(withDrift ? { ...one, drift: await driftOf(ctx, one) } : one);
    return { configuration_templates, ...rest };
  },
});

export const handler = serve(endpoint);
