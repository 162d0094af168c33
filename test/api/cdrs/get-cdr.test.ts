import { describe, expect, it } from 'vitest';
import { endpoint } from '#functions/api/cdrs/get-cdr.ts';
import { issueCdr } from '#shared/cdrs/issue-cdr.ts';
import { createSite } from '#shared/sites/manage-sites.ts';
import { NewSite } from '#shared/sites/site.ts';
import { call } from '#test/support/call.ts';
import { testContext } from '#test/support/context.ts';
import { anEndedSession } from '#test/support/ended-session.ts';

const inr = (amount: string) => ({ amount, currency: 'INR' });

async function world() {
  const ctx = testContext({
    organization: { tax: { gst_percent: '18.00', sac: '998714', gstin: '29AAACM1234F1Z5' } },
  });
  await createSite(
    ctx,
    NewSite.parse({ id: 'BLR-IND', name: 'Indiranagar', geo: { lat: 12.97, lng: 77.64 } }),
  );
  const { session, live } = await anEndedSession(ctx, { session: { metadata: { bay: 'B2' } } });
  const { id } = await issueCdr(ctx, session, live);
  return { ctx, id, session };
}

describe('getCdr', () => {
  it('tells who charged where and when, what the meter said, and how the price came about', async () => {
    const { ctx, id, session } = await world();
    const { status, body, headers } = await call(ctx, endpoint, { params: { cdr_id: id } });
    expect(status).toBe(200);
    expect(headers['ETag']).toBe('"1"');
    expect(body).toMatchObject({
      id,
      number: '2026-27/000001',
      session_id: session.id,
      direction: 'own',
      credit: false,
      issued_at: '2026-06-01T04:30:00.000Z',
      charging_started_at: '2026-06-01T03:27:00.000Z',
      ended_at: '2026-06-01T04:30:00.000Z',
      total_minutes: 63,
      charging_minutes: 45,
      idle_minutes: 18,
      site_id: 'BLR-IND',
      site_name: 'Indiranagar',
      geo: { lat: 12.97, lng: 77.64 },
      charger_id: 'BLR-014',
      connector: 1,
      meter_start_kwh: 1000,
      meter_stop_kwh: 1014.3,
      energy_kwh: 14.3,
      tariff_snapshot: { id: 'tvr_test', energy_rate: '16.0000' },
      lines: [
        { amount: inr('228.80'), explanation: '14.300 kWh × 16.0000 = 228.80' },
        { amount: inr('16.00'), explanation: '(18 min − 10 min grace) × 2.0000 = 16.00' },
      ],
      subtotal: inr('244.80'),
      supplier_gstin: '29AAACM1234F1Z5',
      sac: '998714',
      tax_lines: [
        { type: 'CGST', rate_percent: '9.00', base: inr('244.80'), amount: inr('22.03') },
        { type: 'SGST', rate_percent: '9.00', base: inr('244.80'), amount: inr('22.03') },
      ],
      total_excl_tax: inr('244.80'),
      tax: inr('44.06'),
      total: inr('288.86'),
      metadata: { bay: 'B2' },
      flags: [],
    });
  });

  it('does not know another organization’s CDR, nor one of a site its key may not reach', async () => {
    const { ctx, id } = await world();
    const params = { cdr_id: id };
    expect((await call(ctx.as({ tenantId: 'other' }), endpoint, { params })).status).toBe(404);
    const actor = { kind: 'api_key', id: 'key_2', scopes: ['*'], siteIds: ['MYS-001'] } as const;
    expect((await call(ctx.as({ actor }), endpoint, { params })).status).toBe(404);
  });

  it('does not know an id that is none', async () => {
    const { ctx } = await world();
    expect((await call(ctx, endpoint, { params: { cdr_id: 'sess_1' } })).status).toBe(404);
  });
});
