import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { monitorExample, variableExample } from '#shared/configuration/configuration-example.ts';
import {
  listConfiguration,
  listMonitors,
  Monitoring,
  readMonitoring,
} from '#shared/configuration/list-configuration.ts';
import { Monitor } from '#shared/configuration/monitor.ts';
import { ConfigurationItem } from '#shared/configuration/variable.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { instant } from '#shared/http/instant.ts';
import { listOf, pageQuery } from '#shared/http/list.ts';
import { readPage } from '#shared/http/read-page.ts';

export const endpoint = defineEndpoint({
  id: 'getChargerConfiguration',
  route: 'GET /v1/chargers/{charger_id}/configuration',
  summary: 'Read the known configuration of a charger',
  description: `
The settings of a charger as they were last told or set, by component and name, each with the time it was
read (\`read_at\`) and the time its value last changed. One form for both versions: a key of OCPP 1.6 has a
\`name\` alone, a variable of the 2.0.1 device model a \`component\` too.

Nothing is asked of the charger here, and nothing by itself when it connects: what was never read is not
there. \`POST …/configuration/refresh\` reads it. Passwords and keys are never stored: such a setting is
listed as \`secret\`, without a value.

\`monitors\` are the watches the charger is known to keep on its variables (OCPP 2.0.1), whatever the page
and the filters; \`monitoring_base\` and \`monitoring_level\` are what was last set over this API.`,
  scope: 'config:read',
  params: z.object({ charger_id: z.string().meta({ example: 'BLR-014' }) }),
  query: z.object({
    name: z.string().max(50).optional().meta({ description: 'Part of the name, in any case.' }),
    component: z
      .string()
      .max(50)
      .optional()
      .meta({ description: 'Of this component.', example: 'OCPPCommCtrlr' }),
    changed_since: instant.optional().meta({
      description: 'Whose value, as known here, changed at or after this instant.',
    }),
    ...pageQuery,
  }),
  status: 200,
  response: listOf('configuration', ConfigurationItem)
    .extend({ monitors: z.array(Monitor), ...Monitoring.shape })
    .meta({ id: 'ChargerConfiguration' }),
  errors: ['not_found'],
  examples: {
    ofComponent: {
      summary: 'The settings of one component',
      params: { charger_id: 'BLR-014' },
      query: { component: 'OCPPCommCtrlr' },
      response: {
        configuration: [variableExample],
        total: 1,
        next_cursor: null,
        monitors: [monitorExample],
        monitoring_base: 'all',
        monitoring_level: 5,
      },
    },
  },
  async handle({ params: { charger_id: id }, query }, ctx) {
    const { items, ...rest } = await readPage(ctx, `configuration:${id}`, query, (page) =>
      listConfiguration(ctx, id, query, page),
    );
    const [monitors, monitoring] = await Promise.all([
      listMonitors(ctx, id),
      readMonitoring(ctx, id),
    ]);
    return { configuration: items, ...rest, monitors, ...monitoring };
  },
});

export const handler = serve(endpoint);
