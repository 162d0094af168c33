import { keys } from '#shared/db/keys.ts';
import { LiveSession, Session } from '#shared/sessions/session.ts';
import type { WholeSession } from '#shared/sessions/session-view.ts';
import { TariffTerms } from '#shared/tariffs/tariff-terms.ts';
import type { TestContext } from '#test/support/context.ts';

/** 16.00 per kWh, 2.00 per idle minute after ten, GST 18 % on top. */
export const someTerms = TariffTerms.parse({
  id: 'tvr_test',
  currency: 'INR',
  energy_rate: 160_000,
  idle_fee_per_minute: 20_000,
  idle_grace_minutes: 10,
  taxes: [
    { type: 'CGST', rate_bp: 900 },
    { type: 'SGST', rate_bp: 900 },
  ],
});

export interface Differences {
  readonly session?: Partial<Session>;
  readonly live?: Partial<LiveSession>;
}

/**
 * An ended session of 14.300 kWh and 18 idle minutes, which costs 288.86 by {@link someTerms}, in its
 * rows. It ends now.
 */
export async function anEndedSession(
  ctx: TestContext,
  { session: own = {}, live: moved = {} }: Differences = {},
): Promise<WholeSession> {
  const before = (minutes: number) =>
    new Date(ctx.now().getTime() - minutes * 60_000).toISOString();
  const id = own.id ?? ctx.newId('sess');
  const session = Session.parse({
    id,
    charger_id: 'BLR-014',
    connector: 1,
    site_id: 'BLR-IND',
    auth_method: 'api',
    started_at: before(64),
    tariff: someTerms,
    currency: 'INR',
    livemode: ctx.livemode,
    created_at: before(64),
    ...own,
  });
  const live = LiveSession.parse({
    session_id: id,
    status: 'ended',
    version: 9,
    updated_at: before(0),
    charging_started_at: before(63),
    charging_ended_at: before(18),
    ended_at: before(0),
    meter_start_wh: 1_000_000,
    meter_wh: 1_014_300,
    meter_at: before(0),
    energy_wh: 14_300,
    readings: [{ at: before(18), wh: 14_300 }],
    idle: [{ from: before(18), to: before(0) }],
    stop_reason: 'ev_disconnected',
    ...moved,
  });
  const t = ctx.tenantId;
  await ctx.table.write([
    { op: 'put', item: { ...session, ...keys.session(t, id) } },
    { op: 'put', item: { ...live, ...keys.liveSession(t, id) } },
  ]);
  return { session, live };
}
