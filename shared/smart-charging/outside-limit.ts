import * as z from 'zod';
import { completeChargers, findCharger } from '#shared/chargers/charger-view.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';
import { LimitSource, SchedulePeriod } from '#shared/smart-charging/charging-profile.ts';
import { electricsOf, type RateUnit } from '#shared/smart-charging/electrics.ts';
import { type Meant, shownPeriod } from '#shared/smart-charging/told-schedule.ts';

/** What somebody else than we holds a charger to. */
export const OutsideLimit = z
  .object({
    source: LimitSource,
    connector: z.int().nullable().meta({ description: 'Null: the whole charger.' }),
    is_grid_critical: z.boolean().nullable(),
    starts_at: z.string().nullable(),
    duration_seconds: z.int().nullable(),
    periods: z.array(SchedulePeriod).meta({ description: 'Empty where the charger did not say.' }),
    since: z.string(),
  })
  .meta({
    id: 'OutsideLimit',
    description: 'A limit set by an energy manager, the grid or another.',
  });
export type OutsideLimit = z.infer<typeof OutsideLimit>;

export async function findOutsideLimits(ctx: Context, chargerId: string): Promise<OutsideLimit[]> {
  const { items } = await ctx.table.query(keys.outsideLimitsOf(ctx.tenantId, chargerId));
  return items.map((item) => OutsideLimit.parse(item));
}

/** A limit as the charger tells it, in its unit. */
export interface ToldLimit extends Omit<OutsideLimit, 'since' | 'connector' | 'periods'> {
  readonly unit: RateUnit;
  readonly periods: readonly Omit<Meant, 'unit'>[];
}

/** A charger tells that somebody limits it; the last word of each counts. */
export async function limitedFromOutside(
  ctx: Context,
  chargerId: string,
  evseId: number,
  { unit, periods, ...told }: ToldLimit,
): Promise<void> {
  const charger = await findCharger(ctx, chargerId);
  const [whole] = charger ? await completeChargers(ctx, [charger]) : [];
  const connectors = whole?.connectors ?? [];
  const here = connectors.filter((c) => (c.evse_id ?? c.id) === evseId);
  const electrics = electricsOf(here.length > 0 ? here : connectors);
  const limit: OutsideLimit = {
    ...told,
    connector: evseId === 0 ? null : (here[0]?.id ?? evseId),
    periods: periods.map((period) => shownPeriod({ ...period, unit }, electrics)),
    since: isoNow(ctx),
  };
  const key = keys.outsideLimit(ctx.tenantId, chargerId, limit.source, evseId);
  await ctx.table.write([{ op: 'put', item: { ...key, ...limit } }]);
}

/** It is limited no longer: without an EVSE, nowhere on it. */
export async function freedFromOutside(
  ctx: Context,
  chargerId: string,
  source: LimitSource,
  evseId: number | undefined,
): Promise<void> {
  const t = ctx.tenantId;
  const { items } = await ctx.table.query(keys.outsideLimitsOf(t, chargerId));
  const meant = evseId === undefined ? undefined : keys.outsideLimit(t, chargerId, source, evseId);
  const gone = items.filter(
    (item) => item['source'] === source && (meant === undefined || item.sk === meant.sk),
  );
  for (const { pk, sk } of gone) await ctx.table.write([{ op: 'delete', key: { pk, sk } }]);
}
