import { expect, test } from 'vitest';
import * as z from 'zod';
import { getChargerView } from '#shared/chargers/charger-view.ts';
import { findConnection } from '#shared/chargers/connectivity.ts';
import { testContext } from '#test/support/context.ts';
import { ocppDoor } from '#test/support/ocpp-door.ts';
import { recordedEvents } from '#test/support/outbox.ts';

const boot = '[2,"1","BootNotification",{"chargePointVendor":"Magma","chargePointModel":"M"}]';
const heartbeat = (id: string) => `[2,"${id}","Heartbeat",{}]`;

/** A charger that has booted over its first socket. */
async function booted() {
  const ctx = testContext();
  const door = ocppDoor(ctx);
  const first = await door.knock({ connectionId: 'first' });
  await first.say(boot);
  return { ctx, door, first };
}

const stateOf = async (ctx: ReturnType<typeof testContext>) =>
  (await getChargerView(ctx, 'CP-1')).connectivity.state;

// Gotcha 4.
test('the newest connection wins, and the one it replaces is closed', async () => {
  const { ctx, door } = await booted();
  await door.knock({ connectionId: 'second' });
  expect(ctx.sockets.ocpp.closed).toMatchObject([{ connectionId: 'first' }]);
  expect((await findConnection(ctx, 'CP-1'))?.connection_id).toBe('second');
});

// Gotcha 4: `$disconnect` is best effort and comes late.
test('the late end of a replaced connection changes nothing', async () => {
  const { ctx, door, first } = await booted();
  const second = await door.knock({ connectionId: 'second' });
  await first.close();
  expect(await findConnection(ctx, 'CP-1')).toMatchObject({
    connection_id: 'second',
    state: 'online',
  });
  await second.say(heartbeat('2'));
  expect(ctx.sent.ocpp.at(-1)).toMatchObject({ connectionId: 'second' });
  await second.close();
  expect(await findConnection(ctx, 'CP-1')).toMatchObject({ state: 'reconnecting' });
});

// Gotcha 4: an end that was never told, then the same charger again.
test('a charger whose last connection was never closed comes back at once', async () => {
  const { ctx, door } = await booted();
  ctx.sockets.ocpp.gone.add('first');
  ctx.tick(3_600_000);
  expect((await door.knock({ connectionId: 'second' })).status).toBe(200);
  expect(await stateOf(ctx)).toBe('online');
});

// Gotcha 6: the gateway cuts every connection after two hours, and chargers do not boot for that.
test('a reconnect needs no boot, and is not told as offline and online again', async () => {
  const { ctx, door, first } = await booted();
  await first.close();
  ctx.tick(30_000);
  const second = await door.knock({ connectionId: 'second' });
  await second.say(heartbeat('2'));
  expect(await stateOf(ctx)).toBe('online');
  expect(ctx.sent.ocpp.at(-1)?.json).toMatchObject([3, '2', {}]);
  const types = recordedEvents(ctx).map(({ type }) => type);
  expect(types.filter((type) => /^charger\.(on|off)line$/.test(type))).toEqual(['charger.online']);
});

// Gotcha 5: the gateway drops a socket that is silent for ten minutes, and we cannot ping.
test('a charger is asked for heartbeats often enough to keep its connection', async () => {
  const { ctx } = await booted();
  const Accepted = z.tuple([z.literal(3), z.string(), z.object({ interval: z.int() })]);
  const [, , { interval }] = Accepted.parse(ctx.sent.ocpp[0]?.json);
  expect(interval).toBeGreaterThan(0);
  expect(interval).toBeLessThan(600);
});

// Gotcha 16: firmware sends its messages as text or as bytes, with a byte order mark, NULs and blanks.
test.each([
  '\uFEFF[2,"7","Heartbeat",{}]',
  '[ 2 , "7", "Heartbeat" , {} ]\r\n',
  '[2,"7","Heartbeat"]\0',
])('reads %j as the heartbeat it is', async (text) => {
  const { ctx, first } = await booted();
  await first.say(text);
  expect(ctx.sent.ocpp.at(-1)?.json).toMatchObject([3, '7', { currentTime: expect.any(String) }]);
});
