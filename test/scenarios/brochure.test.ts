import { describe, expect, it } from 'vitest';
import { listOf } from '#shared/http/list.ts';
import { MeterSample } from '#shared/sessions/sample.ts';
import { SessionView } from '#shared/sessions/session-view.ts';
import { TimelineEntry } from '#shared/sessions/timeline.ts';
import { aLiveClient, type LiveClient } from '#test/support/live-client.ts';
import { aSandboxHost } from '#test/support/sandbox-host.ts';
import { sandboxPrice } from '#test/support/sandbox-price.ts';
import { aWebhookInbox } from '#test/support/webhook-inbox.ts';

/** One second of the test is a minute of charging. */
const SPEED = 60;
const brochureCall = {
  charger_id: 'BLR-014',
  connector: 1,
  auth_method: 'api',
  tariff_override: { type: 'free', duration_minutes: 30 },
};
/** The close code of a session's own socket. */
const SESSION_ENDED = 4410;
const MeterValues = listOf('meter_values', MeterSample);
const Timeline = listOf('entries', TimelineEntry);
const Sessions = listOf('sessions', SessionView);

describe("the brochure's call", () => {
  it('gets the answer that is printed beside it, and a free charge that stops when told', async () => {
    const { ready, api } = await aSandboxHost({ speed: SPEED });
    await api.whenFree('BLR-014');
    const asked = await api.ask('POST', '/v1/sessions', { body: brochureCall });
    expect(asked).toMatchObject({
      status: 201,
      body: {
        session_id: expect.stringMatching(/^sess_[0-9A-HJKMNP-TV-Z]{26}$/),
        status: 'starting',
        charger_id: 'BLR-014',
        started_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/),
        websocket: expect.stringContaining(`${ready.live}/`),
      },
    });
    const { session_id: id, websocket } = SessionView.parse(asked.body);
    const live = await aLiveClient(websocket ?? '');
    expect(await live.frame('hello')).toMatchObject({ snapshot: [{ object: 'session', id }] });
    expect(asked.headers.get('location')).toBe(`/v1/sessions/${id}`);

    await api.sessionWhen(id, ({ energy_kwh }) => energy_kwh > 1);
    expect(await api.stopSession(id)).toMatchObject({ status: 'stopping' });
    const session = await api.settled(id);
    expect(session).toMatchObject({ stop_reason: 'remote', websocket: null, flags: [] });
    await live.event('cdr.created');
    expect(await live.closed()).toBe(SESSION_ENDED);
    const zero = { amount: '0.00', currency: 'INR' };
    expect(session.cdr).toMatchObject({ energy_kwh: session.energy_kwh, total: zero });
    expect(await api.cdrsOf(id)).toMatchObject([
      { billed_energy_kwh: 0, lines: [{ description: 'Energy, free allowance' }], total: zero },
    ]);
  });
});

describe('a charge at the price of its site', () => {
  it('moves energy and cost, ends with one CDR priced by its meter, and tells its webhook once', async () => {
    const { api } = await aSandboxHost({ speed: SPEED });
    const inbox = await aWebhookInbox(api);
    await api.whenFree('BLR-014');
    const { id, websocket } = await api.startSession({ charger_id: 'BLR-014', connector: 1 });
    const live = await aLiveClient(websocket ?? '');
    const early = await api.sessionWhen(id, ({ energy_kwh }) => energy_kwh > 0);
    const later = await api.sessionWhen(id, ({ energy_kwh }) => energy_kwh > early.energy_kwh);
    expect(Number(later.cost.total.amount)).toBeGreaterThan(Number(early.cost.total.amount));
    expect(later).toMatchObject({ status: 'charging', active_power_kw: 22 });
    await api.stopSession(id);
    const session = await api.settled(id);

    const { meter_values } = await api.get(`/v1/sessions/${id}/meter-values`, MeterValues);
    const registers = meter_values.map((sample) => Number(sample.register_kwh));
    expect(registers).toEqual(registers.toSorted((a, b) => a - b));
    expect(registers.at(-1)).toBeLessThanOrEqual(Number(session.meter_stop_kwh));
    const wh = Math.round(
      1000 * (Number(session.meter_stop_kwh) - Number(session.meter_start_kwh)),
    );
    expect(session.energy_kwh).toBe(wh / 1000);
    const { net, tax, total } = sandboxPrice(wh);
    const [cdr, ...others] = await api.cdrsOf(id);
    expect(others).toEqual([]);
    expect(cdr).toMatchObject({
      id: session.cdr?.id,
      total_excl_tax: { amount: net },
      tax: { amount: tax },
      total: { amount: total, currency: 'INR' },
    });
    expect(await api.get('/v1/sessions?charger_id=BLR-014', Sessions)).toMatchObject({
      sessions: [{ id, status: 'ended', cdr: { total: { amount: total } } }],
    });

    const { entries } = await api.get(`/v1/sessions/${id}/timeline`, Timeline);
    expect(entries.map(({ status, cause }) => [status, cause.type])).toEqual([
      ['starting', 'api_request'],
      ['charging', 'charger_message'],
      ['stopping', 'api_request'],
      ['ended', 'charger_message'],
    ]);
    await live.event('cdr.created', ({ subject }) => subject.id === cdr?.id);
    expect(await live.closed()).toBe(SESSION_ENDED);
    expectMovingUntilTheEnd(live, session);
    await inbox.got('cdr.created', cdr?.id);
    expect(await inbox.got('session.started', id)).toHaveLength(1);
    expect(await inbox.got('session.ended', id)).toMatchObject([{ data: { object: { id } } }]);
    expect(await inbox.got('cdr.created', cdr?.id)).toMatchObject([{ data: { object: cdr } }]);
  });
});

/** On the session's own stream: numbered without gaps, energy and cost rising up to what was billed. */
function expectMovingUntilTheEnd(live: LiveClient, session: SessionView): void {
  expect(live.numbers).toEqual(live.numbers.map((_, n) => (live.numbers[0] ?? 0) + n));
  const views = live.events
    .filter(({ subject }) => subject.object === 'session')
    .map(({ data }) => SessionView.parse(data.object));
  for (const { id } of views) expect(id).toBe(session.id);
  const energies = views.map(({ energy_kwh }) => energy_kwh);
  const costs = views.map(({ cost }) => Number(cost.total.amount));
  expect(new Set(energies).size).toBeGreaterThan(2);
  for (const moving of [energies, costs]) expect(moving).toEqual(moving.toSorted((a, b) => a - b));
  expect(views.at(-1)).toMatchObject({ status: 'ended', energy_kwh: session.energy_kwh });
  expect(costs.at(-1)).toBe(Number(session.cdr?.total.amount));
  expect(live.ofType('session.meter_values').length).toBeGreaterThan(1);
  expect(live.ofType('session.ended')).toHaveLength(1);
}
