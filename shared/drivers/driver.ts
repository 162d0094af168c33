import * as z from 'zod';
import { Metadata } from '#shared/chargers/charger.ts';
import type { Context } from '#shared/core/context.ts';
import { reachesDriver } from '#shared/core/driver-access.ts';
import { emailHash } from '#shared/core/email-address.ts';
import { notFound } from '#shared/core/errors.ts';
import { sha256 } from '#shared/core/ids.ts';
import { allowedSites } from '#shared/core/site-access.ts';
import type { Item } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';

export const DriverStatus = z.enum(['active', 'blocked', 'erased']).meta({
  id: 'DriverStatus',
  description: '`blocked`: signs in no more, and starts and reserves nothing. `erased`: for good.',
});
export type DriverStatus = z.infer<typeof DriverStatus>;

/** Somebody who charges, as he lies in his row. */
export const Driver = z.object({
  id: z.string(),
  name: z.string().nullable().default(null),
  /** Lower case; unique in the organization. It is where sign-in codes go. */
  email: z.string().nullable().default(null),
  phone: z.string().nullable().default(null),
  status: DriverStatus.default('active'),
  labels: z.array(z.string()).default([]),
  external_ref: z.string().nullable().default(null),
  metadata: Metadata.default({}),
  /** Sign-ins of before are over, and what was granted by them. */
  sessions_valid_from: z.string().nullable().default(null),
  created_at: z.string(),
  updated_at: z.string(),
  version: z.int().default(1),
});
export type Driver = z.infer<typeof Driver>;

export async function findDriver(
  ctx: Pick<Context, 'table' | 'tenantId'>,
  id: string,
): Promise<Driver | undefined> {
  const item = await ctx.table.get(keys.driver(ctx.tenantId, id));
  return item && Driver.parse(item);
}

/** The driver of this id, as far as the caller reaches; a credential restricted to sites reaches none. */
export async function reachableDriver(ctx: Context, id: string): Promise<Driver | undefined> {
  return allowedSites(ctx) || !reachesDriver(ctx, id) ? undefined : findDriver(ctx, id);
}

/** Throws not_found. */
export async function getDriver(ctx: Context, id: string): Promise<Driver> {
  const driver = await reachableDriver(ctx, id);
  if (!driver) throw notFound('Driver');
  return driver;
}

export async function findDriverByEmail(ctx: Context, email: string): Promise<Driver | undefined> {
  const pointer = await ctx.table.get(keys.driverByEmail(ctx.tenantId, emailHash(email)));
  return pointer && findDriver(ctx, String(pointer['driver_id']));
}

/** How a phone number stands in keys. */
export const phoneHash = (phone: string): string => sha256(`phone\n${phone}`);

/** A driver with his keys and list indexes. */
export const driverItem = ({ tenantId: t }: Context, driver: Driver): Item => ({
  ...driver,
  ...keys.driver(t, driver.id),
  ...keys.drivers(t, driver.id),
  ...(driver.phone === null
    ? { gsi2pk: undefined, gsi2sk: undefined }
    : keys.driversByPhone(t, phoneHash(driver.phone), driver.id)),
});
