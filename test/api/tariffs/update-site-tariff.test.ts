import { describe, expect, it } from 'vitest';
import { endpoint as getSiteTariff } from '#functions/api/tariffs/get-site-tariff.ts';
import { endpoint } from '#functions/api/tariffs/update-site-tariff.ts';
import { createSite } from '#shared/sites/manage-sites.ts';
import { NewSite } from '#shared/sites/site.ts';
import { call } from '#test/support/call.ts';
import { testContext } from '#test/support/context.ts';
import { clearOutbox, recordedEvents } from '#test/support/outbox.ts';

const params = { site_id: 'BLR-IND' };
/** The published call. */
const body = {
  energy_rate: '18.0000',
  idle_fee_per_minute: '2.0000',
  idle_grace_minutes: 10,
  session_fee: '0.00',
  time_rate_per_minute: null,
  tax_inclusive: false,
};

async function world() {
  const ctx = testContext();
  await createSite(ctx, NewSite.parse({ id: 'BLR-IND', name: 'Indiranagar' }));
  clearOutbox(ctx);
  return ctx;
}

describe('updateSiteTariff', () => {
  it('answers the published call with the tariff, its version and when it takes effect', async () => {
    const ctx = await world();
    const { status, body: tariff, headers } = await call(ctx, endpoint, { params, body });
    expect(status).toBe(200);
    expect(headers['ETag']).toBe('"1"');
    expect(tariff).toMatchObject({
      site_id: 'BLR-IND',
      ...body,
      version: 1,
      effective_from: '2026-06-01T04:30:00.000Z',
      currency: 'INR',
      taxes: [
        { type: 'CGST', rate_percent: '9.00' },
        { type: 'SGST', rate_percent: '9.00' },
      ],
      warnings: [],
    });
    expect(tariff['id']).toMatch(/^tvr_/);
    expect((await call(ctx, getSiteTariff, { params })).body).toEqual(tariff);
  });

  it('refuses a tax that is no number, like any wrong field', async () => {
    const taxes = [{ type: 'CESS', rate_percent: '' }];
    const reply = await call(await world(), endpoint, { params, body: { taxes } });
    expect(reply).toMatchObject({ status: 422, body: { code: 'validation_failed' } });
    expect(reply.body['errors']).toMatchObject([{ field: 'taxes.0.rate_percent' }]);
  });

  it('schedules a change: in force stays, the next is told, and then it takes over', async () => {
    const ctx = await world();
    await call(ctx, endpoint, { params, body });
    const effective_from = '2026-06-02T00:00:00+05:30';
    const change = { energy_rate: '19.5', effective_from };
    const made = await call(ctx, endpoint, { params, body: change });
    expect(made.body).toMatchObject({
      version: 2,
      energy_rate: '19.5000',
      idle_fee_per_minute: '2.0000',
      effective_from: '2026-06-01T18:30:00.000Z',
    });
    const now = await call(ctx, getSiteTariff, { params });
    expect(now.body).toMatchObject({
      version: 1,
      energy_rate: '18.0000',
      resource_version: 2,
      next_change: { version: 2, energy_rate: '19.5000' },
      warnings: [{ code: 'later_change_scheduled' }],
    });
    ctx.tick(24 * 3_600_000);
    const then = await call(ctx, getSiteTariff, { params });
    expect(then.body).toMatchObject({ version: 2, energy_rate: '19.5000', next_change: null });
  });

  it('records tariff.updated with the tariff as its GET answers it, and what it was', async () => {
    const ctx = await world();
    await call(ctx, endpoint, { params, body });
    await call(ctx, endpoint, { params, body: { energy_rate: '20' } });
    const events = recordedEvents(ctx);
    expect(events.map(({ type, subject, version }) => [type, subject, version])).toEqual([
      ['tariff.updated', 'BLR-IND', 1],
      ['tariff.updated', 'BLR-IND', 2],
    ]);
    expect(events[1]?.object).toEqual((await call(ctx, getSiteTariff, { params })).body);
    expect(events[1]?.previous).toMatchObject({ energy_rate: '18.0000', version: 1 });
  });

  it('makes no version and no event of a change that changes nothing', async () => {
    const ctx = await world();
    await call(ctx, endpoint, { params, body });
    clearOutbox(ctx);
    const again = await call(ctx, endpoint, { params, body });
    expect(again.body).toMatchObject({ version: 1, resource_version: 1 });
    expect(recordedEvents(ctx)).toEqual([]);
  });

  it('clears a price with null, and gives the organization’s GST back with it', async () => {
    const ctx = await world();
    const taxes = [{ type: 'IGST', rate_percent: '18' }];
    await call(ctx, endpoint, { params, body: { ...body, session_fee: '15', taxes } });
    const cleared = { session_fee: null, idle_fee_per_minute: null, taxes: null };
    const { body: tariff } = await call(ctx, endpoint, { params, body: cleared });
    expect(tariff).toMatchObject({
      energy_rate: '18.0000',
      session_fee: '0.00',
      idle_fee_per_minute: '0.0000',
      taxes: [{ type: 'CGST' }, { type: 'SGST' }],
    });
  });

  it.each([
    ['at 23.01 before tax', { energy_rate: '23.01' }, ['above_advisory_ceiling']],
    ['not at 23.00', { energy_rate: '23' }, []],
    ['not at 27.14 with 18 % in it', { energy_rate: '27.14', tax_inclusive: true }, []],
  ])(
    'warns above the advisory ceiling %s, and changes it all the same',
    async (_, patch, codes) => {
      const ctx = await world();
      const { status, body: tariff } = await call(ctx, endpoint, { params, body: patch });
      expect(status).toBe(200);
      expect(tariff['warnings']).toMatchObject(codes.map((code) => ({ code })));
    },
  );

  it('takes a clock that is half a minute slow for now', async () => {
    const ctx = await world();
    const late = { ...body, effective_from: '2026-06-01T04:29:30Z' };
    const { body: tariff } = await call(ctx, endpoint, { params, body: late });
    expect(tariff).toMatchObject({ effective_from: '2026-06-01T04:30:00.000Z' });
  });

  it('lets a change dated in the past hold from now, and says so', async () => {
    const ctx = await world();
    const past = { ...body, effective_from: '2026-05-31T00:00:00+05:30' };
    const { status, body: tariff } = await call(ctx, endpoint, { params, body: past });
    expect(status).toBe(200);
    expect(tariff).toMatchObject({
      effective_from: '2026-06-01T04:30:00.000Z',
      warnings: [{ code: 'effective_from_was_past' }],
    });
  });

  it.each([
    ['prices by time of day', { elements: [] }, 'elements', 'not_supported'],
    ['a field it does not know', { energy_price: '18' }, 'energy_price', 'unknown_field'],
    ['a float', { energy_rate: 18.5 }, 'energy_rate', 'invalid_type'],
    ['a negative price', { energy_rate: '-1' }, 'energy_rate', 'invalid_format'],
    ['a slip of the decimal point', { energy_rate: '18000' }, 'energy_rate', 'invalid_value'],
    ['no energy price', { energy_rate: null }, 'energy_rate', 'invalid_type'],
    ['five digits', { idle_fee_per_minute: '0.00001' }, 'idle_fee_per_minute', 'invalid_format'],
    ['three digits of a fee', { session_fee: '1.005' }, 'session_fee', 'invalid_format'],
    [
      'one tax twice',
      { taxes: [1, 2].map(() => ({ type: 'IGST', rate_percent: '9' })) },
      'taxes',
      'invalid_value',
    ],
  ])('refuses %s', async (_, patch, field, code) => {
    const ctx = await world();
    const { status, body: problem } = await call(ctx, endpoint, { params, body: patch });
    expect(status).toBe(422);
    expect(problem).toMatchObject({ code: 'validation_failed', errors: [{ field, code }] });
    expect(recordedEvents(ctx)).toEqual([]);
  });

  it('refuses a change to what has changed since', async () => {
    const ctx = await world();
    await call(ctx, endpoint, { params, body, headers: { 'if-match': '"0"' } });
    const stale = { params, body: { energy_rate: '20' }, headers: { 'if-match': '"0"' } };
    expect((await call(ctx, endpoint, stale)).status).toBe(412);
  });

  it('does not know another organization’s site, nor one its key may not reach', async () => {
    const ctx = await world();
    const other = ctx.as({ tenantId: 'other' });
    expect((await call(other, endpoint, { params, body })).status).toBe(404);
    const actor = { kind: 'api_key', id: 'key_2', scopes: ['*'], siteIds: ['MYS-001'] } as const;
    expect((await call(ctx.as({ actor }), endpoint, { params, body })).status).toBe(404);
  });
});
