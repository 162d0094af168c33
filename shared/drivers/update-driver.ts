import { applyPatch } from '#shared/core/apply-patch.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { refuseToDrivers } from '#shared/core/driver-access.ts';
import { emailHash } from '#shared/core/email-address.ts';
import { AppError } from '#shared/core/errors.ts';
import { retrying } from '#shared/core/retry.ts';
import type { Write } from '#shared/core/table.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { emailTaken, takeEmail } from '#shared/drivers/create-driver.ts';
import { type Driver, driverItem, findDriverByEmail, getDriver } from '#shared/drivers/driver.ts';
import { maskedView } from '#shared/drivers/driver-view.ts';
import { DriverUpdated } from '#shared/drivers/events.ts';
import type { DriverPatch } from '#shared/drivers/new-driver.ts';
import { commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import type { DueTask } from '#shared/events/recorded.ts';
import { dueTask } from '#shared/events/task.ts';
import { CloseCredentialSockets } from '#shared/organizations/tasks.ts';

/** The gateway may know a credential for a minute more, and open what was asked for by then. */
const CLOSED_AGAIN_S = 900;

/**
 * Changes a driver; a driver changes the own name and phone alone. One who is blocked, or whose email is
 * another from now on, is signed out. Throws not_found, etag_mismatch, conflict for an email that is
 * taken, insufficient_scope.
 */
export async function updateDriver(
  ctx: Context,
  id: string,
  patch: DriverPatch,
  ifMatch?: number,
): Promise<Driver> {
  return retrying(async () => {
    const before = await getDriver(ctx, id);
    const { name: _, phone: __, ...others } = patch;
    refuseToDrivers(ctx, others);
    if (before.status === 'erased') throw new AppError('gone', 'This driver has been erased.');
    if (ifMatch !== undefined && before.version !== ifMatch)
      throw new AppError('etag_mismatch', 'The driver has changed since you read it.');
    const changed = changedFrom(before, applyPatch(before, patch));
    if (changed.length === 0) return before;
    const after = signedOut(ctx, before, {
      ...applyPatch(before, patch),
      version: before.version + 1,
      updated_at: isoNow(ctx),
    });
    await write(ctx, before, after, changed);
    return after;
  });
}

async function write(ctx: Context, before: Driver, after: Driver, changed: readonly string[]) {
  const { id, version } = after;
  const shown = Object.entries(maskedView(ctx, before));
  await commit(ctx, {
    aggregate: { kind: 'driver', id, version },
    writes: [
      { op: 'put', when: { version: before.version }, item: driverItem(ctx, after) },
      ...(await moveEmail(ctx, before, after)),
    ],
    events: [
      eventOf(ctx, DriverUpdated, {
        ...{ id, version, scope: { driver_id: id }, object: maskedView(ctx, after) },
        previous: Object.fromEntries(shown.filter(([name]) => changed.includes(name))),
      }),
    ],
    tasks: isSignedOut(before, after) ? closing(ctx, id) : [],
  });
}

const changedFrom = (before: Driver, after: Driver): string[] => {
  const next = new Map<string, unknown>(Object.entries(after));
  return Object.entries(before)
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(next.get(name)))
    .map(([name]) => name);
};

/** Tokens say in whole seconds when they were issued: what is older than the next one is over. */
function signedOut(ctx: Context, before: Driver, after: Driver): Driver {
  const isOut =
    (before.status === 'active' && after.status !== 'active') || before.email !== after.email;
  if (!isOut) return after;
  const second = Math.ceil(ctx.now().getTime() / 1000) * 1000;
  return { ...after, sessions_valid_from: new Date(second).toISOString() };
}

const isSignedOut = (before: Driver, after: Driver) =>
  before.sessions_valid_from !== after.sessions_valid_from;

const closing = (ctx: Context, id: string): DueTask[] =>
  [isoNow(ctx), plusSeconds(isoNow(ctx), CLOSED_AGAIN_S)].map((at) =>
    dueTask(ctx, CloseCredentialSockets, { credential_id: id }, at),
  );

/** Throws conflict where another driver has it. */
async function moveEmail(ctx: Context, before: Driver, after: Driver): Promise<Write[]> {
  if (before.email === after.email) return [];
  const holder = after.email === null ? undefined : await findDriverByEmail(ctx, after.email);
  if (holder) throw emailTaken();
  const old = before.email && keys.driverByEmail(ctx.tenantId, emailHash(before.email));
  return [...(old ? [{ op: 'delete' as const, key: old }] : []), ...takeEmail(ctx, after)];
}
