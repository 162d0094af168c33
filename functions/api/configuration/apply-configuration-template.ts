import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { applyTemplate } from '#shared/command-batches/apply-template.ts';
import { batchExample } from '#shared/command-batches/batch-example.ts';
import { CommandBatch, getBatch } from '#shared/command-batches/command-batch.ts';
import { templateExample } from '#shared/configuration/template-example.ts';
import { batchFields } from '#shared/http/batch-fields.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';

const Apply = z
  .object({
    version: z
      .int()
      .min(1)
      .max(1_000_000)
      .optional()
      .meta({ description: 'The newest where left out.' }),
    ...batchFields,
  })
  .meta({ id: 'ConfigurationTemplateApplication' });

export const endpoint = defineEndpoint({
  id: 'applyConfigurationTemplate',
  route: 'POST /v1/configuration-templates/{template_id}/apply',
  summary: 'Apply a configuration template',
  description: `
Sets what the template says: on the chargers named, on those a \`filter\` finds, or, without either, on those
the template is for. It is a batch of \`update_configuration\` commands, one a charger, with a result for each
setting; see \`createCommandBatch\` for how it goes on, stops and ends. A charger gets the settings its OCPP
version has names for; one for which there are none has its command \`rejected\`.

**422 validation_failed**: no charger matches, or more than 1,000 do. **404**: there is no such template, or
no such version.`,
  scope: 'config:write',
  params: z.object({ template_id: z.string().meta({ example: templateExample.id }) }),
  body: Apply,
  status: 202,
  response: CommandBatch,
  errors: ['not_found', 'validation_failed'],
  location: ({ id }) => `/v1/commands?batch_id=${id}`,
  examples: {
    toAll: {
      summary: 'To the chargers it is for, five at a time',
      params: { template_id: templateExample.id },
      body: { concurrency: 5, max_failure_percent: 10, expires_in_seconds: 86_400 },
      response: { ...batchExample, type: 'apply_configuration_template', concurrency: 5 },
    },
  },
  recall: (ctx, { id }) => getBatch(ctx, id),
  handle: ({ params, body }, ctx) => applyTemplate(ctx, params.template_id, body),
});

export const handler = serve(endpoint);
