import { describe, expect, it } from 'vitest';
import { EventEnvelope } from '#shared/events/envelope.ts';
import { firstEventIdAt } from '#shared/events/event-id.ts';
import { listOf } from '#shared/http/list.ts';
import { LiveTicketView } from '#shared/live/live-ticket.ts';
import { ApiClient } from '#test/support/api-client.ts';
import { eventually } from '#test/support/eventually.ts';
import { aLiveClient } from '#test/support/live-client.ts';
import { handshake } from '#test/support/local-host.ts';
import { anOrganizationIn } from '#test/support/organizations.ts';
import { aRawCharger, type RawCharger } from '#test/support/raw-charger.ts';
import { aSandboxHost } from '#test/support/sandbox-host.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

const Events = listOf('events', EventEnvelope);
const BAD_FRAME = 4400;
const boot = { chargePointVendor: 'Acme', chargePointModel: 'Garage 11' };
const watchConnectors = { topics: ['connectors'] };

const ticket = (api: ApiClient, body: object = watchConnectors) =>
  api.post('/v1/live-tickets', body, LiveTicketView);
const watch = async (api: ApiClient, body?: object) => {
  const client = await aLiveClient((await ticket(api, body)).url);
  await client.frame('hello');
  return client;
};

async function aBootedCharger(url: string, id: string): Promise<RawCharger> {
  const charger = await aRawCharger(`${url}/${id}`);
  await charger.say('BootNotification', boot);
  return charger;
}

/** A cable goes in or out: one event each time. */
const show = (charger: RawCharger, status: 'Available' | 'Preparing') =>
  charger.say('StatusNotification', { connectorId: 1, errorCode: 'NoError', status });

/** In and out, so often. */
async function flap(charger: RawCharger, times: number): Promise<void> {
  for (let n = 0; n < times; n++) await show(charger, n % 2 === 0 ? 'Preparing' : 'Available');
}

describe('a live ticket', () => {
  it('opens one connection, once; a made-up one opens none', async () => {
    const { api, ready } = await aSandboxHost();
    const { url, max_duration_seconds } = await ticket(api);
    expect(max_duration_seconds).toBe(7200);
    const client = await aLiveClient(url);
    expect(await client.frame('hello')).toMatchObject(watchConnectors);
    const bare = { protocols: [] };
    expect(await handshake(url, bare)).toMatchObject({ status: 401 });
    expect(await handshake(`${ready.live}/lt_${'A'.repeat(32)}`, bare)).toMatchObject({
      status: 401,
    });
    client.send({ action: 'ping' });
    await client.frame('pong');
  });

  it('of one organization shows nothing of another', async () => {
    const dataDir = temporaryFolder();
    const key = await anOrganizationIn(dataDir, 'volt', true);
    const { api, ready } = await aSandboxHost({ dataDir });
    const volt = new ApiClient({ ...ready, api_key: key });
    const [theirs, ours] = [await watch(volt), await watch(api)];
    await flap(await aBootedCharger(ready.ocpp, 'MINE-1'), 2);
    await eventually(() => expect(ours.events).toHaveLength(2));
    theirs.send({ action: 'ping' });
    await theirs.frame('pong');
    expect(theirs.events).toEqual([]);
  });
});

describe('the live stream', () => {
  it('brings what was subscribed to and passes the filter, numbered without gaps, until unsubscribed', async () => {
    const { api, ready } = await aSandboxHost();
    const [one, two] = [
      await aBootedCharger(ready.ocpp, 'ONE-1'),
      await aBootedCharger(ready.ocpp, 'TWO-1'),
    ];
    await Promise.all([show(one, 'Available'), show(two, 'Available')]);
    const filter = { charger_id: ['ONE-1'] };
    const client = await watch(api, { topics: ['connectors'], filter });
    expect(await client.frame('hello')).toMatchObject({
      snapshot: [{ object: 'charger', id: 'ONE-1', connectors: [{ status: 'Available' }] }],
    });
    await flap(two, 2);
    await flap(one, 2);
    await eventually(() => expect(client.events).toHaveLength(2));
    for (const { scope } of client.events) expect(scope).toMatchObject({ charger_id: 'ONE-1' });

    client.send({ action: 'subscribe', topics: ['sessions'], filter: {} });
    const hello = await client.frame('hello', 2);
    expect(hello.topics.toSorted()).toEqual(['connectors', 'sessions']);
    const start = {
      connectorId: 1,
      idTag: 'CARD',
      meterStart: 0,
      timestamp: new Date().toISOString(),
    };
    await two.say('StartTransaction', start);
    await client.event('session.started', ({ scope }) => scope.charger_id === 'TWO-1');
    expect(client.ofType('session.meter_values')).toEqual([]);

    client.send({ action: 'unsubscribe', topics: ['connectors'] });
    await client.frame('hello', 3);
    const before = client.ofType('connector.status_changed').length;
    await flap(one, 2);
    await one.say('StartTransaction', start);
    await client.event('session.started', ({ scope }) => scope.charger_id === 'ONE-1');
    expect(client.ofType('connector.status_changed')).toHaveLength(before);
    expect(client.numbers).toEqual(client.numbers.map((_, n) => n + 1));
  });

  it('goes on after a dropped connection with all that was missed, and no gap', async () => {
    const { api, ready } = await aSandboxHost();
    const charger = await aBootedCharger(ready.ocpp, 'ONE-1');
    const first = await watch(api);
    await flap(charger, 6);
    await eventually(() => expect(first.events).toHaveLength(6));
    first.drop();
    await flap(charger, 30);
    const last = first.events.at(-1)?.id;
    const second = await watch(api, { ...watchConnectors, resume_after: last });
    await flap(charger, 4);
    await eventually(async () => {
      const path = '/v1/events?types=connector.status_changed&limit=200';
      const happened = (await api.get(path, Events)).events.map(({ id }) => id);
      expect(happened).toHaveLength(40);
      const seen = new Set([...first.events, ...second.events].map(({ id }) => id));
      expect([...seen].toSorted()).toEqual(happened.toSorted());
    });
    expect(second.frames.filter(({ type }) => type === 'gap')).toEqual([]);
  });

  it('tells of a gap where what was missed is too old, or too much', async () => {
    const { api, ready } = await aSandboxHost();
    const charger = await aBootedCharger(ready.ocpp, 'ONE-1');
    const first = await watch(api);
    await flap(charger, 1);
    const { id: early } = await first.event('connector.status_changed');
    // The first of these is no news.
    await flap(charger, 161);

    const old = firstEventIdAt(Date.now() - 11 * 60_000);
    const stale = await watch(api, { ...watchConnectors, resume_after: old });
    expect(await stale.frame('gap')).toMatchObject({ after: old });
    // The log has what the stream had not: nothing is lost to a client that catches up there.
    await eventually(async () => {
      const { events } = await api.get(`/v1/events?after=${early}&limit=200`, Events);
      expect(events.filter(({ type }) => type === 'connector.status_changed')).toHaveLength(160);
    });
    // Nor to one that resumes: 150 at a time, and a gap behind them while there are more.
    const behind = await watch(api, { ...watchConnectors, resume_after: early });
    const has = (count: number) =>
      eventually(() => expect(behind.ofType('connector.status_changed')).toHaveLength(count));
    const { after } = await behind.frame('gap');
    await has(150);
    behind.send({ action: 'resume', after });
    await has(160);
    await show(charger, 'Available');
    await has(161);
    expect(behind.frames.filter(({ type }) => type === 'gap')).toHaveLength(1);
  });

  it('ends a connection whose frames it cannot read, and no other', async () => {
    const { api } = await aSandboxHost();
    const good = await watch(api);
    const subscription = '{"action":"subscribe","topics":["weather"]}';
    for (const frame of ['hello', '{"action":"dance"}', subscription, '[]']) {
      const bad = await watch(api);
      bad.send(frame);
      expect(await bad.frame('error')).toMatchObject({ code: 'bad_frame' });
      expect(await bad.closed()).toBe(BAD_FRAME);
    }
    good.send({ action: 'ping' });
    await good.frame('pong');
  });
});
