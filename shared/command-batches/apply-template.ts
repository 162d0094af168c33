import { TEMPLATE } from '#shared/command-batches/batch-types.ts';
import type { CommandBatch } from '#shared/command-batches/command-batch.ts';
import { createBatch, type NewBatch } from '#shared/command-batches/create-batch.ts';
import { getTemplate } from '#shared/configuration/template.ts';
import type { Context } from '#shared/core/context.ts';

type Asked = Omit<NewBatch, 'type' | 'input'> & { readonly version?: number | undefined };

/**
 * Sets what a template says on the chargers named, or else on those it is for. Throws not_found,
 * validation_failed where there are no chargers, or too many.
 */
export async function applyTemplate(
  ctx: Context,
  templateId: string,
  { version, ...asked }: Asked,
): Promise<CommandBatch> {
  const template = await getTemplate(ctx, templateId, version);
  const named = asked.charger_ids !== undefined || asked.filter !== undefined;
  const { vendor_name, model, site_id, label } = template.match;
  const match = Object.entries({ vendor_name, model, site_id, label });
  const filter = Object.fromEntries(match.filter(([, value]) => value !== null));
  const isForSome = Object.keys(filter).length > 0;
  return createBatch(ctx, {
    ...asked,
    ...(named || !isForSome ? {} : { filter }),
    type: TEMPLATE,
    input: {
      template_id: template.id,
      template_version: template.version,
      items: template.items,
    },
  });
}
