import * as z from 'zod';
import { ItemOutcome } from '#shared/configuration/item-results.ts';
import { type Monitor, MonitorSpec, monitorsOf } from '#shared/configuration/monitor.ts';
import { identityOf } from '#shared/configuration/variable.ts';
import type { Context } from '#shared/core/context.ts';

/** Which monitors a charger shall have. */
export const MonitorsWanted = z
  .object({
    base: z.enum(['all', 'factory_default', 'hard_wired_only']).optional().meta({
      description:
        'Which of the monitors it was made with it keeps: all; as it was made, with none set since; only those wired in.',
    }),
    level: z.int().min(0).max(9).optional().meta({
      description: 'It tells what is of this severity or more severe: 0 is danger, 9 debug.',
    }),
    monitors: z.array(MonitorSpec).max(100).meta({
      description: 'Those set over this API that are not among them are cleared.',
    }),
    clear_others: z.boolean().default(false).meta({
      description:
        'Clears as well what was not set over this API; the charger is first asked for it.',
    }),
  })
  .meta({ id: 'MonitorsWanted' });
export type MonitorsWanted = z.infer<typeof MonitorsWanted>;

/** A monitor to be set; with an id it takes the place of that one. */
const ToSet = MonitorSpec.extend({ id: z.int().optional() });
type ToSet = z.infer<typeof ToSet>;

const Cleared = z.object({ id: z.int(), outcome: ItemOutcome });
const Written = MonitorSpec.extend({
  id: z.int().nullable(),
  outcome: ItemOutcome,
  reason: z.string().nullable(),
});
export type Written = z.infer<typeof Written>;

/** How far it has come. */
export const MonitorNotes = z.object({
  sizes: z.object({ set: z.int(), clear: z.int() }),
  base: ItemOutcome.nullable(),
  level: ItemOutcome.nullable(),
  read: z.boolean(),
  /** What is to do, once it is known. */
  todo: z.object({ clear: z.array(z.int()), set: z.array(ToSet) }).nullable(),
  cleared: z.array(Cleared),
  written: z.array(Written),
});
export type MonitorNotes = z.infer<typeof MonitorNotes>;

/** Two monitors that a charger takes for the same (2.0.1 N04: one of a type and severity on a variable). */
export const watchOf = (one: MonitorSpec): string =>
  `${identityOf(one)} ${one.type} ${one.severity}`;

/** What makes the known monitors those that are wanted; what is as it should be is left alone. */
export async function compareMonitors(
  ctx: Context,
  chargerId: string,
  { monitors, clear_others }: MonitorsWanted,
): Promise<{ clear: number[]; set: ToSet[]; unchanged: Written[] }> {
  const known = await monitorsOf(ctx, chargerId);
  const own = clear_others ? known : known.filter(({ source }) => source === 'platform');
  const byWatch = new Map(known.map((one) => [watchOf(one), one]));
  const wanted = new Set(monitors.map(watchOf));
  const isRight = (one: MonitorSpec) => sameLimit(one, byWatch.get(watchOf(one)));
  return {
    clear: own.filter((one) => !wanted.has(watchOf(one))).map(({ id }) => id),
    set: monitors
      .filter((one) => !isRight(one))
      .map((one) => ({ ...one, id: byWatch.get(watchOf(one))?.id })),
    unchanged: monitors.filter(isRight).map((one) => ({
      ...one,
      id: byWatch.get(watchOf(one))?.id ?? null,
      outcome: 'unchanged',
      reason: null,
    })),
  };
}

const sameLimit = (wanted: MonitorSpec, known: Monitor | undefined): boolean =>
  known?.source === 'platform' &&
  known.value === wanted.value &&
  known.transaction_only === wanted.transaction_only;
