import { type Context, isoNow } from '#shared/core/context.ts';
import { driverNamed, ownDriverId, refuseToDrivers } from '#shared/core/driver-access.ts';
import { AppError, notFound } from '#shared/core/errors.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { type Driver, reachableDriver } from '#shared/drivers/driver.ts';
import { mayCharge, requireRoom } from '#shared/drivers/driver-rules.ts';
import type { Reservation } from '#shared/reservations/reservation.ts';
import { countSessions } from '#shared/sessions/list-sessions.ts';
import type { NewSession } from '#shared/sessions/new-session.ts';

/** From an app, where the organization sets no limit of its own: nobody has more cars at once. */
const STARTED_AT_MOST = 5;
/** A session whose end is never told must not lock its driver out for ever. */
const COUNTED_S = 7 * 86_400;

/**
 * Whose a start over the API is, and how it is authorised. A driver starts for the driver, where the site
 * lets the driver in. Throws not_found (driver), insufficient_scope, validation_failed,
 * authorization_rejected.
 */
export async function forWhom(
  ctx: Context,
  input: NewSession,
  { siteId, own }: { readonly siteId: string | null; readonly own: Reservation | undefined },
): Promise<{ readonly driver_id: string | null; readonly auth_method: 'api' | 'app' }> {
  const caller = ownDriverId(ctx);
  if (caller === undefined) return byOrganization(ctx, input, own);
  refuseToDrivers(ctx, { auth_method: input.auth_method === 'api' ? 'api' : undefined });
  const driver = await named(ctx, driverNamed(ctx, input.driver_id ?? caller));
  await mayCharge(ctx, driver, siteId);
  const open = ['starting', 'charging', 'suspended', 'stopping'] as const;
  const filter = { status: open, started_after: plusSeconds(isoNow(ctx), -COUNTED_S) };
  await requireRoom(ctx, (most) => countSessions(ctx, filter, most), STARTED_AT_MOST);
  return { driver_id: driver.id, auth_method: 'app' };
}

/** For the driver it names, or the one its reservation is for. */
async function byOrganization(ctx: Context, input: NewSession, own: Reservation | undefined) {
  if (input.auth_method === 'app')
    throw unfit('auth_method', 'not_allowed', '`app` is how a driver token starts.');
  const reserved = own?.driver_id ?? null;
  if (input.driver_id === null) return { driver_id: reserved, auth_method: 'api' } as const;
  const driver = await named(ctx, input.driver_id);
  if (driver.status !== 'active') throw rejected(driver);
  if (reserved !== null && reserved !== driver.id)
    throw unfit('driver_id', 'invalid_value', 'The reservation is for another driver.');
  return { driver_id: driver.id, auth_method: 'api' } as const;
}

async function named(ctx: Context, id: string): Promise<Driver> {
  const driver = await reachableDriver(ctx, id);
  if (!driver) throw notFound('Driver');
  return driver;
}

const rejected = ({ status }: Driver) =>
  new AppError('authorization_rejected', `The driver may not charge: ${status}.`);

const unfit = (field: string, code: string, message: string) =>
  new AppError('validation_failed', 'It cannot be started like this.', {
    errors: [{ field, code, message }],
  });
