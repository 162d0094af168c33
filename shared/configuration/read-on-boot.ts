import { capabilitiesOf } from '#shared/chargers/capabilities.ts';
import { findCharger } from '#shared/chargers/charger-view.ts';
import { newPlan } from '#shared/commands/plan.ts';
import { configurationRefresh } from '#shared/configuration/refresh-configuration.ts';
import type { Context } from '#shared/core/context.ts';
import { ConditionFailed } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { getOrganization } from '#shared/organizations/organization.ts';

const everything = { items: [], criteria: [], monitors: false };

/**
 * A charger has booted: its configuration is read, once for each boot, where the organization wants that.
 * By default none does: OCPP's certification test fails a platform that asks unasked.
 */
export async function readOnBoot(ctx: Context, chargerId: string, bootId: string): Promise<void> {
  const { read_configuration_on_boot: isWanted } = await getOrganization(ctx);
  const charger = isWanted ? await findCharger(ctx, chargerId) : undefined;
  if (!charger) return;
  if (charger.ocpp_version !== '1.6' && !capabilitiesOf(charger).device_model) return;
  const key = keys.configuration(ctx.tenantId, chargerId);
  const known = (await ctx.table.get(key))?.['boot_id'];
  const before = typeof known === 'string' ? known : undefined;
  if (before === bootId) return;
  const spec = await configurationRefresh(ctx, charger, everything);
  const { command, writes, tasks } = await newPlan(ctx, spec, { chargerId });
  try {
    await commit(ctx, {
      aggregate: { kind: 'command', id: command.id, version: command.resource_version },
      writes: [
        ...writes,
        { op: 'update', key, set: { boot_id: bootId }, when: { boot_id: before } },
      ],
      tasks,
    });
  } catch (error) {
    // The same boot was told twice at once.
    if (!(error instanceof ConditionFailed)) throw error;
  }
}
