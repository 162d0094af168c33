import type { Context } from '#shared/core/context.ts';
import { reachesDriver } from '#shared/core/driver-access.ts';
import { reachesSite } from '#shared/core/site-access.ts';
import type { Session } from '#shared/sessions/session.ts';

/** A credential restricted to sites sees what was charged there; a driver sees the own sessions. */
export const mayReachSession = (ctx: Context, { site_id, driver_id }: Session): boolean =>
  reachesSite(ctx, site_id) && reachesDriver(ctx, driver_id);
