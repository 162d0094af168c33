import { isCaller } from '#shared/core/caller.ts';
import type { Actor } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';

interface Who {
  readonly actor: Actor;
}

/** The driver who calls; undefined for every other caller. */
export const ownDriverId = ({ actor }: Who): string | undefined =>
  isCaller(actor) && actor.kind === 'driver' ? actor.id : undefined;

/** Whether the caller may reach what is this driver's. What is nobody's is out of a driver's reach. */
export function reachesDriver(who: Who, driverId: string | null | undefined): boolean {
  const own = ownDriverId(who);
  return own === undefined || driverId === own;
}

/** A driver calls itself `me`. */
export const driverNamed = <T extends string | null | undefined>(who: Who, id: T): T | string =>
  id === 'me' ? (ownDriverId(who) ?? id) : id;

/** Throws insufficient_scope where a driver sends what only the organization may decide. */
export function refuseToDrivers(who: Who, fields: Readonly<Record<string, unknown>>): void {
  if (ownDriverId(who) === undefined) return;
  const sent = Object.keys(fields).filter((field) => fields[field] !== undefined);
  if (sent.length === 0) return;
  throw new AppError('insufficient_scope', 'A driver may not set this.', {
    errors: sent.map((field) => ({ field, code: 'not_allowed', message: 'Not for drivers.' })),
  });
}

/** The filter of a list as far as the caller's reach goes; undefined where nothing is left to see. */
export function withinReach<F extends { readonly driver_id?: string | undefined }>(
  who: Who,
  filter: F,
): F | undefined {
  const own = ownDriverId(who);
  if (own === undefined) return filter;
  const named = driverNamed(who, filter.driver_id);
  return named === undefined || named === own ? { ...filter, driver_id: own } : undefined;
}
