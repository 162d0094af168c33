import { describe, expect, test } from 'vitest';
import { disconnected } from '#shared/chargers/connectivity.ts';
import { key, read, set } from '#test/support/configured.ts';
import { testContext } from '#test/support/context.ts';
import { aPeer } from '#test/support/ocpp-peer.ts';
import { settle } from '#test/support/settle.ts';

describe('a change of several keys that is interrupted', () => {
  test('goes on after a call that was answered with an error', async () => {
    const ctx = testContext();
    const charger = await aPeer(ctx);
    const { body } = await set(ctx, [key('A', '1'), key('B', '2')]);
    await charger.say(JSON.stringify([4, charger.lastAsked().id, 'InternalError', 'broke', {}]));
    await charger.reply(charger.lastAsked());
    expect(await read(ctx, body['id'])).toMatchObject({
      status: 'completed',
      result: {
        outcome: 'partly_accepted',
        data: { items: [{ outcome: 'rejected', reason: 'broke' }, { outcome: 'accepted' }] },
      },
    });
  });

  test('stops where the charger no longer answers, and says what was not sent', async () => {
    const ctx = testContext();
    const charger = await aPeer(ctx);
    const { body } = await set(ctx, [key('A', '1'), key('B', '2'), key('C', '3')]);
    await charger.reply(charger.lastAsked());
    await settle(ctx);
    ctx.tick(31_000);
    await settle(ctx);
    expect(await read(ctx, body['id'])).toMatchObject({
      status: 'timed_out',
      result: {
        outcome: 'partly_accepted',
        data: {
          items: [{ outcome: 'accepted' }, { outcome: 'no_answer' }, { outcome: 'not_sent' }],
        },
      },
    });
    expect(charger.asked()).toHaveLength(2);
  });

  test('waits for a charger that leaves in the middle, and goes on when it is back', async () => {
    const ctx = testContext();
    const charger = await aPeer(ctx);
    const { body } = await set(ctx, [key('A', '1'), key('B', '2')]);
    const first = charger.lastAsked();
    await disconnected(ctx, 'CP-1', 'nobody');
    ctx.sockets.ocpp.gone.add(charger.sender.connectionId);
    await charger.reply(first);
    await settle(ctx);
    expect(await read(ctx, body['id'])).toMatchObject({ status: 'sent' });
    const back = await aPeer(ctx, { connectionId: 'another socket', registered: true });
    await back.reply(back.lastAsked());
    expect(back.asked()).toMatchObject([{ payload: { key: 'B' } }]);
    expect(await read(ctx, body['id'])).toMatchObject({
      status: 'completed',
      result: { outcome: 'accepted' },
    });
  });

  test('does not know what became of a call that was lost with its socket, and goes on', async () => {
    const ctx = testContext();
    await aPeer(ctx);
    const { body } = await set(ctx, [key('A', '1'), key('B', '2')]);
    ctx.tick(1000);
    const back = await aPeer(ctx, { connectionId: 'another socket', registered: true });
    await settle(ctx);
    expect(back.asked()).toMatchObject([{ payload: { key: 'B' } }]);
    await back.reply(back.lastAsked());
    expect(await read(ctx, body['id'])).toMatchObject({
      status: 'completed',
      result: { data: { items: [{ outcome: 'no_answer' }, { outcome: 'accepted' }] } },
    });
  });

  test('expires as a whole where the charger does not come back', async () => {
    const ctx = testContext();
    await aPeer(ctx, { boots: true });
    await disconnected(ctx, 'CP-1', 'socket-of-CP-1');
    const { body } = await set(ctx, [key('A', '1'), key('B', '2')], { expires_in_seconds: 60 });
    expect(body['status']).toBe('queued');
    await settle(ctx);
    ctx.tick(61_000);
    await settle(ctx);
    expect(await read(ctx, body['id'])).toMatchObject({
      status: 'expired',
      result: { outcome: 'expired', data: { items: [{ outcome: 'not_sent' }, {}] } },
    });
  });
});
