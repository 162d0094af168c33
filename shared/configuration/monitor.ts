import * as z from 'zod';
import { ToldRef, VariableRef } from '#shared/configuration/variable.ts';
import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';
import { readAll } from '#shared/db/read-all.ts';

const MonitorType = z.enum([
  'upper_threshold',
  'lower_threshold',
  'delta',
  'periodic',
  'periodic_clock_aligned',
]);
export type MonitorType = z.infer<typeof MonitorType>;

/** What a monitor watches, and when it goes off. */
export const MonitorSpec = z.object({
  ...VariableRef.shape,
  type: MonitorType.meta({
    description:
      'Above or below `value`, changed by `value`, or every `value` seconds (aligned to the clock).',
  }),
  value: z.number(),
  severity: z.int().min(0).max(9).meta({ description: '0 danger … 9 debug.', example: 4 }),
  transaction_only: z.boolean().default(false).meta({
    description: 'Watch only while a session runs.',
  }),
});
export type MonitorSpec = z.infer<typeof MonitorSpec>;

/** A monitor of a charger, as it lies in its row and as the API shows it. */
export const Monitor = MonitorSpec.extend({
  // As it is told, not as it may be asked for.
  ...ToldRef.shape,
  severity: z.int().meta({ description: '0 danger … 9 debug.', example: 4 }),
  id: z.int().meta({ description: "The charger's number for it.", example: 12 }),
  source: z.enum(['charger', 'platform']).meta({
    description: '`platform`: set over this API. `charger`: it was there.',
  }),
  read_at: z.iso.datetime().meta({ description: 'When the charger last told or confirmed it.' }),
  last_triggered_at: z.iso.datetime().nullable().default(null),
}).meta({ id: 'Monitor', description: 'A watch that a charger keeps on a variable.' });
export type Monitor = z.infer<typeof Monitor>;

export const monitorItem = (ctx: Context, chargerId: string, monitor: Monitor) => ({
  ...monitor,
  ...keys.monitor(ctx.tenantId, chargerId, monitor.id),
});

export async function findMonitor(
  ctx: Context,
  chargerId: string,
  id: number,
): Promise<Monitor | undefined> {
  const item = await ctx.table.get(keys.monitor(ctx.tenantId, chargerId, id));
  return item && Monitor.parse(item);
}

/** All monitors known of a charger, by number. */
export async function monitorsOf(ctx: Context, chargerId: string): Promise<Monitor[]> {
  const query = keys.monitorsOf(ctx.tenantId, chargerId);
  return (await readAll(ctx, query)).map((item) => Monitor.parse(item));
}
