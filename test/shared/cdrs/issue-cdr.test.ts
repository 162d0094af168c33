import { describe, expect, it } from 'vitest';
import { subscriber } from '#functions/events/issue-cdr.ts';
import { findCdrSummaries } from '#shared/cdrs/cdr-summary.ts';
import { findCdrOfSession } from '#shared/cdrs/find-cdr.ts';
import { issueCdr } from '#shared/cdrs/issue-cdr.ts';
import { EventEnvelope } from '#shared/events/envelope.ts';
import { testContext } from '#test/support/context.ts';
import { anEndedSession } from '#test/support/ended-session.ts';
import { recordedEvents } from '#test/support/outbox.ts';

const many = <T>(n: number, make: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: n }, (_, i) => make(i)));
const numberOf = (n: number) => `2026-27/${String(n).padStart(6, '0')}`;

describe('issueCdr', () => {
  it('prices the session as it ran: 14.300 × 16.00 + (18 − 10) × 2.00, and 18 % on top', async () => {
    const ctx = testContext();
    const { session, live } = await anEndedSession(ctx);
    const { receipt, number } = await issueCdr(ctx, session, live);
    expect(number).toBe('2026-27/000001');
    expect(receipt).toMatchObject({
      subtotal_minor: 24_480,
      tax_minor: 4_406,
      total_minor: 28_886,
      energy_wh: 14_300,
    });
  });

  it('gives a session one CDR, one number and one event, however many ask for it at a time', async () => {
    const ctx = testContext();
    const { session, live } = await anEndedSession(ctx);
    const cdrs = await many(10, () => issueCdr(ctx, session, live));
    expect(new Set(cdrs.map(({ id }) => id)).size).toBe(1);
    const next = await anEndedSession(ctx);
    expect(await issueCdr(ctx, next.session, next.live)).toMatchObject({ number: numberOf(2) });
    const created = recordedEvents(ctx).filter(({ type }) => type === 'cdr.created');
    expect(created.map(({ object }) => object)).toMatchObject([
      { number: numberOf(1), session_id: session.id },
      { number: numberOf(2), session_id: next.session.id },
    ]);
  });

  it('leaves no gap and no double in the numbers when a power cut ends fifty sessions', async () => {
    const ctx = testContext();
    const ended = await many(50, () => anEndedSession(ctx));
    const cdrs = await Promise.all(ended.map((s) => issueCdr(ctx, s.session, s.live)));
    const numbers = cdrs.map(({ number }) => number).sort();
    expect(numbers).toEqual(numbers.map((_, i) => numberOf(i + 1)));
  });

  it('begins a new series with the financial year of the organization’s own time', async () => {
    // 00:29 and 00:31 of the first of April in Bengaluru.
    const ctx = testContext({ at: '2027-03-31T18:29:00.000Z' });
    const last = await anEndedSession(ctx);
    expect(await issueCdr(ctx, last.session, last.live)).toMatchObject({
      number: '2026-27/000001',
    });
    ctx.tick(2 * 60_000);
    const first = await anEndedSession(ctx);
    expect(await issueCdr(ctx, first.session, first.live)).toMatchObject({
      number: '2027-28/000001',
    });
  });

  it('numbers each organization for itself', async () => {
    const ctx = testContext();
    const other = ctx.as({ tenantId: 'other' });
    const [ours, theirs] = [await anEndedSession(ctx), await anEndedSession(other)];
    expect(await issueCdr(ctx, ours.session, ours.live)).toMatchObject({ number: numberOf(1) });
    expect(await issueCdr(other, theirs.session, theirs.live)).toMatchObject({
      number: numberOf(1),
    });
  });

  it('tells what was odd: missing messages, an estimated boundary, a replay', async () => {
    const ctx = testContext();
    const { session, live } = await anEndedSession(ctx, {
      session: {
        tariff_override: { type: 'free', duration_minutes: 30, on_expiry: 'revert' },
        token_uid: '04A2C3D4E5F680',
      },
      live: { missing_seq: [4], offline: true, flags: ['meter_reset'] },
    });
    expect(await issueCdr(ctx, session, live)).toMatchObject({
      flags: ['meter_reset', 'interpolated', 'offline', 'incomplete_data'],
      token_uid_masked: '••••••••••F680',
    });
  });

  it('bills a session under 100 Wh and two minutes with 0, and says so', async () => {
    const ctx = testContext();
    const { ended_at } = (await anEndedSession(ctx)).live;
    const { session, live } = await anEndedSession(ctx, {
      live: {
        charging_started_at: ended_at,
        idle: [],
        readings: [],
        energy_wh: 0,
        meter_wh: 1_000_000,
      },
    });
    const { receipt, flags } = await issueCdr(ctx, session, live);
    expect(receipt).toMatchObject({ total_minor: 0, lines: [{ rate: '0.0000', amount_minor: 0 }] });
    expect(flags).toEqual(['below_minimum']);
  });

  it('puts the summary where sessions find it', async () => {
    const ctx = testContext();
    const { session, live } = await anEndedSession(ctx);
    const { id } = await issueCdr(ctx, session, live);
    const summary = (await findCdrSummaries(ctx, ['sess_none', session.id])).get(session.id);
    expect(summary).toMatchObject({
      id,
      energy_kwh: 14.3,
      duration_minutes: 63,
      total_excl_tax: { amount: '244.80', currency: 'INR' },
      tax: { amount: '44.06', currency: 'INR' },
      total: { amount: '288.86', currency: 'INR' },
    });
  });
});

describe('the subscriber of session.ended', () => {
  const ended = (id: string) =>
    EventEnvelope.parse({
      id: 'evt_1',
      type: 'session.ended',
      created_at: '2026-06-01T04:30:00.000Z',
      livemode: false,
      api_version: '2026-06-01',
      organization_id: 'demo',
      subject: { object: 'session', id, resource_version: 9 },
      scope: {},
      data: { object: {} },
      cause: { type: 'charger_message' },
    });

  it('issues the CDR once when the event comes twice', async () => {
    const ctx = testContext();
    const { session } = await anEndedSession(ctx);
    await subscriber.handle(ended(session.id), ctx);
    const first = await findCdrOfSession(ctx, session.id);
    await subscriber.handle(ended(session.id), ctx);
    expect(first).toMatchObject({ number: numberOf(1) });
    expect(await findCdrOfSession(ctx, session.id)).toEqual(first);
  });

  it('issues none for a session that failed', async () => {
    const ctx = testContext();
    const { session } = await anEndedSession(ctx, { live: { status: 'failed' } });
    await subscriber.handle(ended(session.id), ctx);
    expect(await findCdrOfSession(ctx, session.id)).toBeUndefined();
  });
});
