import { type Context, isoNow } from '#shared/core/context.ts';
import { countBy } from '#shared/core/counts.ts';
import { emailHash } from '#shared/core/email-address.ts';
import { AppError } from '#shared/core/errors.ts';
import { allowedSites } from '#shared/core/site-access.ts';
import { ConditionFailed, type Write } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { Driver, driverItem } from '#shared/drivers/driver.ts';
import { maskedView } from '#shared/drivers/driver-view.ts';
import { DriverCreated } from '#shared/drivers/events.ts';
import type { NewDriver } from '#shared/drivers/new-driver.ts';
import { commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';

/**
 * Throws conflict where a driver of the organization has this email, site_restricted: drivers are of no
 * site.
 */
export async function createDriver(ctx: Context, input: NewDriver): Promise<Driver> {
  if (allowedSites(ctx))
    throw new AppError('site_restricted', 'Drivers are of no site; this credential is of some.');
  const at = isoNow(ctx);
  const id = ctx.newId('drv');
  const driver = Driver.parse({ ...input, id, created_at: at, updated_at: at });
  const { version } = driver;
  try {
    await commit(ctx, {
      aggregate: { kind: 'driver', id, version },
      writes: [
        { op: 'put', when: 'absent', item: driverItem(ctx, driver) },
        ...takeEmail(ctx, driver),
        countBy(keys.count(ctx.tenantId, 'driver'), 1),
      ],
      events: [
        eventOf(ctx, DriverCreated, {
          ...{ id, version, scope: { driver_id: id } },
          object: maskedView(ctx, driver),
        }),
      ],
    });
  } catch (error) {
    throw error instanceof ConditionFailed ? emailTaken() : error;
  }
  return driver;
}

/** The row that makes an email one driver's. */
export const takeEmail = (ctx: Context, { id, email }: Driver): Write[] =>
  email === null
    ? []
    : [
        {
          op: 'put',
          when: 'absent',
          item: { ...keys.driverByEmail(ctx.tenantId, emailHash(email)), driver_id: id },
        },
      ];

export const emailTaken = () =>
  new AppError('conflict', 'Another driver has this email.', {
    errors: [{ field: 'email', code: 'taken', message: 'Another driver has it.' }],
  });
