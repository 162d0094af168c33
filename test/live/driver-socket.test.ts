import { describe, expect, test } from 'vitest';
import { updateDriver } from '#shared/drivers/update-driver.ts';
import { listEvents } from '#shared/events/list-events.ts';
import { findConnection } from '#shared/live/connection.ts';
import { Topic } from '#shared/live/topics.ts';
import { aLiveClient, connectTo } from '#test/live/live-client.ts';
import { Charge } from '#test/support/a-charge.ts';
import { aDriver, tokenOf } from '#test/support/a-driver.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { anOnlineCharger } from '#test/support/fake-charger.ts';
import { aToken } from '#test/support/listed-charger.ts';
import { settle } from '#test/support/settle.ts';

const socket = { type: 'Type2', power_kw: 22 } as const;

/** Two drivers whose cars charge at one charger. */
async function twoCharges() {
  const ctx = testContext();
  const charger = await anOnlineCharger(ctx, 'BLR-014', {
    connectors: [1, 2].map((id) => ({ ...socket, id })),
  });
  const drivers = { asha: await aDriver(ctx), ben: await aDriver(ctx) };
  const charges = { asha: new Charge(ctx, charger, ''), ben: new Charge(ctx, charger, '') };
  await aToken(ctx, { uid: 'ASHA', driver_id: drivers.asha.id });
  await aToken(ctx, { uid: 'BEN', driver_id: drivers.ben.id });
  const apps = {
    asha: ctx.as(tokenOf(drivers.asha, ['*'])),
    ben: ctx.as(tokenOf(drivers.ben, ['*'])),
  };
  return { ctx, drivers, charges, apps };
}
type World = Awaited<ReturnType<typeof twoCharges>>;

async function goOn({ ctx, charges }: World) {
  await charges.asha.begin({ idTag: 'ASHA' });
  await charges.ben.begin({ idTag: 'BEN', connectorId: 2 });
  ctx.tick(60_000);
  await charges.ben.measure(2000, { SoC: 50 });
  await charges.asha.measure(2000, { SoC: 50 });
  await settle(ctx);
  await charges.ben.end(3000);
  await charges.asha.end(3000);
  await settle(ctx);
}

const driversIn = (value: unknown) => new Set(JSON.stringify(value).match(/drv_\w+/g) ?? []);
const sessionOf = async (ctx: TestContext, driver: string) => {
  const { events } = await listEvents(ctx, { types: ['session.started'] }, { limit: 50 });
  return events.find(({ scope }) => scope.driver_id === driver)?.subject.id ?? '';
};

describe('a driver’s live socket', () => {
  test('shows what is the driver’s own, whatever it asks for', async () => {
    const world = await twoCharges();
    const { ctx, apps, drivers } = world;
    const client = await aLiveClient(apps.asha, { topics: Topic.options });
    await settle(ctx);
    await goOn(world);
    expect(driversIn(client.frames)).toEqual(new Set([drivers.asha.id]));
    expect(new Set(client.events)).toEqual(
      new Set([
        ...['authorization.accepted', 'session.started', 'session.updated', 'session.meter_values'],
        ...['soc.updated', 'session.ended', 'cdr.created'],
      ]),
    );
    expect(client.of('hello')).toMatchObject([{ snapshot: [] }]);
  });

  test.each(['session_id', 'charger_id', 'site_id'] as const)(
    'is not widened by a filter of %s, or by another topic later',
    async (name) => {
      const world = await twoCharges();
      const { ctx, apps, charges, drivers } = world;
      await charges.ben.begin({ idTag: 'BEN', connectorId: 2 });
      await settle(ctx);
      const theirs = {
        session_id: await sessionOf(ctx, drivers.ben.id),
        charger_id: 'BLR-014',
        site_id: 'BLR-IND',
      };
      const filter = { [name]: [theirs[name]] };
      const client = await aLiveClient(apps.asha, { topics: ['sessions'], filter });
      await client.say({ action: 'subscribe', topics: ['meter_values', 'connectors'], filter });
      await settle(ctx);
      ctx.tick(60_000);
      await charges.ben.measure(2000);
      await charges.ben.end(3000);
      await settle(ctx);
      expect(client.events).toEqual([]);
      for (const hello of client.of('hello')) expect(hello).toMatchObject({ snapshot: [] });
    },
  );

  test('begins with the own session alone', async () => {
    const world = await twoCharges();
    const { ctx, apps, charges, drivers } = world;
    await charges.asha.begin({ idTag: 'ASHA' });
    await charges.ben.begin({ idTag: 'BEN', connectorId: 2 });
    await settle(ctx);
    const client = await aLiveClient(apps.ben, { topics: ['sessions', 'chargers'] });
    await settle(ctx);
    const own = { object: 'session', driver_id: drivers.ben.id };
    expect(client.of('hello')).toMatchObject([{ snapshot: [own] }]);
  });

  test('is the driver’s still when it resumes, and when it comes again by the URL it is given', async () => {
    const world = await twoCharges();
    const { ctx, apps, drivers } = world;
    const before = ctx.newId('evt');
    const client = await aLiveClient(apps.asha, { topics: Topic.options });
    await goOn(world);
    await client.say({ action: 'resume', after: before });
    ctx.tick(7_000_000);
    await settle(ctx);
    const [{ url = '' } = {}] = client.of('reconnect') as { url?: string }[];
    const next = await connectTo(ctx, url);
    expect(await findConnection(ctx, next.connectionId)).toMatchObject({
      driver_id: drivers.asha.id,
    });
    await settle(ctx);
    for (const one of [client, next]) {
      expect([...driversIn(one.frames)].filter((id) => id !== drivers.asha.id)).toEqual([]);
    }
  });

  test('is closed when the driver is blocked', async () => {
    const { ctx, apps, drivers } = await twoCharges();
    const [own, other] = [await aLiveClient(apps.asha), await aLiveClient(apps.ben)];
    await settle(ctx);
    await updateDriver(ctx, drivers.asha.id, { status: 'blocked' });
    await settle(ctx);
    expect([own.closed?.code, other.closed]).toEqual([4401, undefined]);
  });
});

test('the log shows a driver what is the driver’s own, under any filter', async () => {
  const world = await twoCharges();
  const { ctx, apps, drivers } = world;
  await goOn(world);
  const theirs = await sessionOf(ctx, drivers.ben.id);
  const read = (filter: object) => listEvents(apps.asha, filter, { limit: 200 });
  const { events } = await read({});
  expect(new Set(events.map(({ scope }) => scope.driver_id))).toEqual(new Set([drivers.asha.id]));
  expect(events.length).toBeGreaterThan(3);
  for (const filter of [{ session_id: theirs }, { object_id: theirs }])
    expect((await read(filter)).events).toEqual([]);
});
