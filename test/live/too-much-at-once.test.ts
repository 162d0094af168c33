import { describe, test } from 'vitest';
import { aLiveClient, type LiveClient } from '#test/live/live-client.ts';
import { testContext } from '#test/support/context.ts';
import { anOnlineCharger } from '#test/support/fake-charger.ts';
import { settle } from '#test/support/settle.ts';

const idsOf = (client: LiveClient) => client.of('event').map(({ event }) => Object(event)['id']);
const lastGap = (client: LiveClient) => String(client.of('gap').at(-1)?.['after']);

/** A charger whose connector changes its status 260 times within a second. */
async function aFlood() {
  const ctx = testContext();
  const charger = await anOnlineCharger(ctx);
  await settle(ctx);
  const client = await aLiveClient(ctx, { topics: ['connectors'] });
  await settle(ctx);
  // The clock of a test begins with a second.
  for (let n = 1; n <= 260; n++) {
    ctx.tick(3);
    const status = n % 2 === 0 ? 'Available' : 'Preparing';
    await charger.say('StatusNotification', { connectorId: 1, errorCode: 'NoError', status });
    await settle(ctx);
  }
  return { ctx, client };
}

describe('a client that is told more than it can be sent', () => {
  test('is sent 200 events in a second, told of the gap, and has all after resuming from it', async ({
    expect,
  }) => {
    const { ctx, client } = await aFlood();
    expect([idsOf(client).length, client.of('gap').length]).toEqual([200, 1]);
    for (let turn = 1; client.of('gap').length === turn; turn++)
      await client.say({ action: 'resume', after: lastGap(client) });
    // And the charger's first status, of the ten seconds by which a gap reaches back to be safe.
    expect(new Set(idsOf(client)).size).toBe(261);
    ctx.tick(5000);
    await settle(ctx);
    expect(new Set(idsOf(client)).size).toBe(261);
  });

  test('gets on by 150 events with each resume, in their order, without one left out', async ({
    expect,
  }) => {
    const { client } = await aFlood();
    const start = client.frames.length;
    const [first] = idsOf(client);
    await client.say({ action: 'resume', after: String(first) });
    await client.say({ action: 'resume', after: lastGap(client) });
    const frames = client.frames.slice(start);
    const kinds = frames.map(({ type }) => type);
    expect([kinds.indexOf('gap'), kinds.lastIndexOf('gap'), kinds.length]).toEqual([150, 150, 260]);
    const resumed = idsOf(client).slice(200);
    expect(resumed).toEqual([...resumed].sort());
    expect(new Set([first, ...resumed]).size).toBe(260);
  });
});
