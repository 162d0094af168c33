import * as z from 'zod';
import { isTerminal, type StoredCommand } from '#shared/commands/command.ts';
import { settleCommand } from '#shared/commands/settle-command.ts';
import { connectorPlace } from '#shared/connectors/connector-place.ts';
import type { Context } from '#shared/core/context.ts';
import { chargingAbilities, unitFor } from '#shared/smart-charging/charging-abilities.ts';
import { type Electrics, electricsOf } from '#shared/smart-charging/electrics.ts';
import { findOutsideLimits, type OutsideLimit } from '#shared/smart-charging/outside-limit.ts';
import { queueCalls } from '#shared/smart-charging/queue-profile.ts';
import { requireSmartCharging } from '#shared/smart-charging/require-smart-charging.ts';
import { shownPeriod } from '#shared/smart-charging/told-schedule.ts';

const Unit = z.enum(['W', 'A']);

/** What is asked of the charger, and what is needed to read its answer. */
export const CompositeInput = z.object({
  connector: z.int(),
  evse_id: z.int(),
  duration_seconds: z.int(),
  unit: Unit,
  current: z.enum(['ac', 'dc']),
  volts: z.number().nullable(),
  phases: z.int(),
});

/** The schedule as the charger told it: limits in its unit. */
export const ToldSchedule = z.object({
  starts_at: z.string().nullable(),
  duration_seconds: z.int().nullable(),
  unit: Unit,
  periods: z.array(
    z.object({ start_seconds: z.int(), limit: z.number(), phases: z.int().nullable() }),
  ),
});
export type ToldSchedule = z.infer<typeof ToldSchedule>;

export interface Asked {
  readonly connector?: number | undefined;
  readonly duration_seconds: number;
  readonly unit?: 'kw' | 'a' | undefined;
}

/**
 * Asks a charger what it will do over a time; answers the command's id, whose result is the schedule.
 * Throws not_found, charger_not_registered, capability_not_supported, validation_failed.
 */
export async function getCompositeSchedule(
  ctx: Context,
  chargerId: string,
  { connector, duration_seconds, unit }: Asked,
  expiresInSeconds?: number,
): Promise<string> {
  const { charger, connectors } = await requireSmartCharging(ctx, chargerId);
  const place =
    connector === undefined ? { connector: 0, evse_id: 0 } : connectorPlace(connectors, connector);
  const electrics = electricsOf(
    connector === undefined ? connectors : connectors.filter((c) => c.id === connector),
  );
  const abilities = await chargingAbilities(ctx, charger);
  const meant = unit === 'kw' ? 'W' : unit === 'a' ? 'A' : electrics.current === 'dc' ? 'W' : 'A';
  const input = {
    ...place,
    ...electrics,
    duration_seconds,
    unit: unit === undefined ? unitFor(meant, abilities, electrics) : askedUnit(meant, abilities),
  };
  return queueCalls(ctx, {
    type: 'get_composite_schedule',
    chargerId,
    connector: connector ?? null,
    input,
    serves: { kind: 'composite_schedule', id: chargerId },
    ...(expiresInSeconds === undefined ? {} : { expiresInSeconds }),
  });
}

/** A unit that was asked for is asked of the charger, unless it is known not to have it. */
const askedUnit = (
  meant: 'W' | 'A',
  { units }: { readonly units: readonly ('W' | 'A')[] | undefined },
) => (units && !units.includes(meant) ? (units[0] ?? meant) : meant);

/** The charger has told: the command's result becomes the schedule in both units, beside what others limit. */
export async function compositeTold(ctx: Context, command: StoredCommand): Promise<void> {
  if (command.type !== 'get_composite_schedule' || isTerminal(command.status)) return;
  const told = ToldSchedule.safeParse(command.result?.data);
  if (!told.success) return;
  const { connector, ...electrics } = CompositeInput.parse(command.input);
  const outside = await findOutsideLimits(ctx, command.charger_id);
  await settleCommand(ctx, command.id, {
    status: 'completed',
    outcome: 'accepted',
    data: scheduleOf(told.data, electrics, connector, outside),
  });
}

const scheduleOf = (
  { starts_at, duration_seconds, unit, periods }: ToldSchedule,
  electrics: Electrics,
  connector: number,
  outside: readonly OutsideLimit[],
) => ({
  connector: connector === 0 ? null : connector,
  starts_at,
  duration_seconds,
  periods: periods.map((period) => shownPeriod({ ...period, unit }, electrics)),
  outside_limits: outside.filter(
    (limit) => connector === 0 || limit.connector === null || limit.connector === connector,
  ),
});
