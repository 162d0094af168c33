import { NewCharger } from '#shared/chargers/new-charger.ts';
import { createCharger } from '#shared/chargers/register-charger.ts';
import { listSessions } from '#shared/sessions/list-sessions.ts';
import type { SessionView } from '#shared/sessions/session-view.ts';
import { createSite } from '#shared/sites/manage-sites.ts';
import { NewSite } from '#shared/sites/site.ts';
import { updateSiteTariff } from '#shared/tariffs/update-site-tariff.ts';
import { type Overrides, type TestContext, testContext } from '#test/support/context.ts';
import { aPeer, type OcppPeer, type PeerOptions } from '#test/support/ocpp-peer.ts';

/** When the chargers of {@link aPricedWorld} connect: six hours after its tariff came into force. */
export const NOON = '2026-06-01T12:00:00.000Z';

/** A site that charges 16.00 per kWh and 2.00 per idle minute after ten, GST 18 % on top; charger CP-1. */
export async function aPricedWorld(differences: Overrides = {}): Promise<TestContext> {
  const ctx = testContext({ at: '2026-06-01T06:00:00.000Z', ...differences });
  await createSite(ctx, NewSite.parse({ id: 'BLR-IND', name: 'Indiranagar' }));
  await updateSiteTariff(ctx, 'BLR-IND', {
    energy_rate: '16.0000',
    idle_fee_per_minute: '2.0000',
    idle_grace_minutes: 10,
  });
  await createCharger(
    ctx,
    NewCharger.parse({ id: 'CP-1', site_id: 'BLR-IND', security_profile: 0 }),
  );
  ctx.tick(6 * 3_600_000);
  return ctx;
}

/** A world with tariff, and its charger, booted. */
export async function aPricedPeer(
  options: PeerOptions = {},
): Promise<{ ctx: TestContext; charger: OcppPeer }> {
  const ctx = await aPricedWorld();
  const charger = await aPeer(ctx, { id: 'CP-1', registered: true, ...options });
  return { ctx, charger };
}

/** All sessions, oldest first. */
export async function sessionsOf(ctx: TestContext): Promise<SessionView[]> {
  const { items } = await listSessions(ctx, {}, { limit: 50 });
  return items.toReversed();
}

/** The one session there is. */
export async function theSession(ctx: TestContext): Promise<SessionView> {
  const [only, another] = await sessionsOf(ctx);
  if (!only || another) throw new Error('There is not exactly one session.');
  return only;
}

/** Minutes after noon, as chargers write it. */
export const atMinute = (minutes: number): string =>
  new Date(Date.parse(NOON) + minutes * 60_000).toISOString().replace('.000Z', 'Z');

export const MINUTE = 60_000;
