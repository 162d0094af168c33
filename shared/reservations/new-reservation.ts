import * as z from 'zod';
import { Metadata } from '#shared/chargers/charger.ts';
import { PlugType } from '#shared/connectors/connector.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { later, plusSeconds, secondsBetween } from '#shared/core/units.ts';

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());

/** What a reservation asks for. */
export const NewReservation = z
  .object({
    charger_id: z.string().min(1).max(48).optional().meta({
      description: 'At this charger. Name it, or a site.',
      example: 'BLR-014',
    }),
    connector: z.int().min(1).max(999).optional().meta({
      description: 'This connector of it; any that matches where left out.',
      example: 1,
    }),
    site_id: z.string().min(1).max(48).optional().meta({
      description: 'Any matching connector at this site.',
      example: 'BLR-IND',
    }),
    type: PlugType.optional().meta({ description: 'A connector with this plug.' }),
    min_power_kw: z.number().positive().max(2000).optional().meta({
      description: 'Rated for at least this. A connector of unknown power does not match.',
    }),
    starts_at: instant.optional().meta({
      description: 'When its window opens; now where left out. At most 30 days ahead.',
    }),
    expires_at: instant.meta({
      description: 'When its window closes: 1 minute to 24 hours after it opens.',
    }),
    token_uid: z.string().trim().min(1).max(36).optional().meta({
      description: 'For whoever shows this token, or another of its group.',
      example: '04A2B3C4D5',
    }),
    token_id: z.string().min(1).max(64).optional().meta({ description: 'The same, by its id.' }),
    driver_id: z.string().min(1).max(64).optional().meta({
      description: 'For this driver, by the first of their tokens that may charge.',
    }),
    external_ref: z.string().max(100).nullable().default(null),
    metadata: Metadata.default({}),
  })
  .meta({ id: 'NewReservation' });
export type NewReservation = z.output<typeof NewReservation>;

export const MAX_AHEAD_S = 30 * 86_400;
const SHORTEST_S = 60;
/** From the opening of a window to its end. */
export const LONGEST_S = 86_400;

export interface Window {
  readonly starts_at: string;
  readonly expires_at: string;
}

/** Its window; one that has opened already opens now. Throws validation_failed. */
export function windowOf(
  ctx: Context,
  { starts_at, expires_at }: Pick<NewReservation, 'starts_at' | 'expires_at'>,
): Window {
  const now = isoNow(ctx);
  const from = later(starts_at, now);
  if (from > plusSeconds(now, MAX_AHEAD_S))
    throw unfit('starts_at', 'too_big', 'At most 30 days ahead.');
  const seconds = secondsBetween(from, expires_at);
  if (seconds < SHORTEST_S)
    throw unfit('expires_at', 'too_small', 'At least a minute after it starts, and ahead.');
  if (seconds > LONGEST_S)
    throw unfit('expires_at', 'too_big', 'At most 24 hours after it starts.');
  return { starts_at: from, expires_at };
}

export const unfit = (field: string, code: string, message: string): AppError =>
  new AppError('validation_failed', 'A reservation cannot be made like this.', {
    errors: [{ field, code, message }],
  });

/** Throws validation_failed where it says no place, or not whom it is for, or says it twice. */
export function checkNewReservation(input: NewReservation): void {
  const { charger_id, connector, site_id, token_uid, token_id, driver_id } = input;
  if (charger_id === undefined && site_id === undefined)
    throw unfit('charger_id', 'required', 'Name a charger or a site.');
  if (connector !== undefined && charger_id === undefined)
    throw unfit('connector', 'not_allowed', 'A connector is one of a charger: name that too.');
  const holders = [token_uid, token_id, driver_id].filter((given) => given !== undefined);
  if (holders.length === 0) throw unfit('token_uid', 'required', 'Say whom it is for.');
  if (holders.length > 1)
    throw unfit('token_uid', 'not_allowed', 'One of token_uid, token_id and driver_id.');
}
