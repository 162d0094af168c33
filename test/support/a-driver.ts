import type * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { createDriver } from '#shared/drivers/create-driver.ts';
import type { Driver } from '#shared/drivers/driver.ts';
import { driverScopes } from '#shared/drivers/driver-scopes.ts';
import { NewDriver } from '#shared/drivers/new-driver.ts';
import type { TestContext } from '#test/support/context.ts';

/** A driver, as an operator makes one. */
export const aDriver = (ctx: TestContext, given: z.input<typeof NewDriver> = {}): Promise<Driver> =>
  createDriver(ctx, NewDriver.parse(given));

/** A driver's token, with what an app is given. */
export const tokenOf = (
  { id }: Pick<Driver, 'id'>,
  scopes: readonly string[] = driverScopes,
): Pick<Context, 'actor'> => ({
  actor: { kind: 'driver', id, scopes, clientId: 'oac_app' },
});
