import * as z from 'zod';
import { Metadata } from '#shared/chargers/charger.ts';
import { scopesOf } from '#shared/core/caller.ts';
import type { Context } from '#shared/core/context.ts';
import { ownDriverId } from '#shared/core/driver-access.ts';
import { maskEmail } from '#shared/core/email-address.ts';
import { hasScope } from '#shared/core/scopes.ts';
import { type Driver, DriverStatus } from '#shared/drivers/driver.ts';

const MASKED = 'Masked, unless the credential may change drivers or is the driver.';

/** A driver as the API shows one. */
export const DriverView = z
  .object({
    id: z.string().meta({ example: 'drv_01JV9W8Q0T6H3M5X7B2K4N1DZC' }),
    name: z.string().nullable(),
    email: z.string().nullable().meta({ description: MASKED, example: 'asha@example.com' }),
    phone: z.string().nullable().meta({ description: MASKED, example: '+919845012345' }),
    status: DriverStatus,
    labels: z.array(z.string()),
    external_ref: z.string().nullable(),
    metadata: Metadata,
    livemode: z.boolean(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    resource_version: z.int(),
  })
  .meta({ id: 'Driver', description: 'Somebody who charges.' });
export type DriverView = z.infer<typeof DriverView>;

/** As the caller may see him. */
export const driverView = (ctx: Context, driver: Driver): DriverView =>
  mayReadContact(ctx, driver) ? wholeView(ctx, driver) : maskedView(ctx, driver);

const mayReadContact = (ctx: Context, { id }: Driver): boolean =>
  hasScope(scopesOf(ctx), 'drivers:write') || ownDriverId(ctx) === id;

/** For events: they are kept, and read by whoever may read drivers. */
export function maskedView(ctx: Context, driver: Driver): DriverView {
  const { email, phone } = driver;
  return wholeView(ctx, {
    ...driver,
    email: email && maskEmail(email),
    phone: phone && maskPhone(phone),
  });
}

const wholeView = (
  ctx: Context,
  { version, sessions_valid_from: _, ...driver }: Driver,
): DriverView => ({ ...driver, livemode: ctx.livemode, resource_version: version });

/** `+919845012345` as `•••••••••2345`. */
const maskPhone = (phone: string): string => '•'.repeat(phone.length - 4) + phone.slice(-4);
