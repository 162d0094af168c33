import { describe, expect, test } from 'vitest';
import { known, part, read, refresh, reporting, tell, variable } from '#test/support/configured.ts';
import { testContext } from '#test/support/context.ts';
import { aPeer } from '#test/support/ocpp-peer.ts';
import { recordedEvents } from '#test/support/outbox.ts';
import { settle } from '#test/support/settle.ts';

// Gotcha 41.
describe('a report of an OCPP 2.0.1 charger', () => {
  test('is whole with its last part, and not before', async () => {
    const { ctx, charger, id, requestId } = await reporting();
    expect(charger.lastAsked()).toMatchObject({
      action: 'GetBaseReport',
      payload: { reportBase: 'FullInventory' },
    });
    await tell(charger, part(requestId, 0, false, variable('A', 'X', '1')));
    await settle(ctx);
    expect(await read(ctx, id)).toMatchObject({ status: 'sent' });
    await tell(charger, part(requestId, 1, true, variable('B', 'Y', '2')));
    await settle(ctx);
    expect(await read(ctx, id)).toMatchObject({
      status: 'completed',
      result: { outcome: 'read', data: { parts: 2 } },
    });
    expect(await known(ctx)).toMatchObject({
      configuration: [
        { component: 'A', name: 'X', value: '1' },
        { component: 'B', name: 'Y', value: '2' },
      ],
    });
  });

  test.each([
    ['in any order', [2, 0, 1]],
    ['the last first', [2, 1, 0]],
    ['each twice', [0, 0, 1, 1, 2, 2]],
    ['all of it again', [1, 2, 0, 1, 2, 0]],
  ])('comes to the same %s', async (_, order) => {
    const { ctx, charger, id, requestId } = await reporting();
    const parts = [0, 1, 2].map((n) =>
      part(requestId, n, n === 2, variable('A', `X${n}`, `${n}`), variable('A', 'Same', 's')),
    );
    for (const n of order) await tell(charger, parts[n] ?? {});
    await settle(ctx);
    expect(await read(ctx, id)).toMatchObject({
      status: 'completed',
      result: { data: { parts: 3 } },
    });
    expect(await known(ctx)).toMatchObject({ total: 4 });
    expect(recordedEvents(ctx).filter(({ type }) => type.endsWith('_changed'))).toEqual([]);
  });

  test('waits for a part that is missing, and gives up in the end with what came', async () => {
    const { ctx, charger, id, requestId } = await reporting();
    await tell(charger, part(requestId, 0, false, variable('A', 'X', '1')));
    await tell(charger, part(requestId, 2, true, variable('A', 'Z', '3')));
    await settle(ctx);
    expect(await read(ctx, id)).toMatchObject({ status: 'sent' });
    ctx.tick(901_000);
    await settle(ctx);
    expect(await read(ctx, id)).toMatchObject({ status: 'timed_out' });
    expect(await known(ctx)).toMatchObject({ total: 2 });
  });

  test('may be over before the charger says that it will come', async () => {
    const ctx = testContext();
    const charger = await aPeer(ctx, { version: 'ocpp2.0.1' });
    const { id } = await refresh(ctx);
    const asked = charger.lastAsked();
    await tell(charger, part(asked.payload['requestId'], 0, true, variable('A', 'X', '1')));
    await charger.reply(asked);
    await settle(ctx);
    expect(await read(ctx, id)).toMatchObject({ status: 'completed' });
  });

  test('is kept though nobody asked for it', async () => {
    const ctx = testContext();
    const charger = await aPeer(ctx, { version: 'ocpp2.0.1' });
    for (const requestId of [77, 0, -5, 2_147_483_647])
      await tell(charger, part(requestId, 0, true, variable('A', `X${requestId}`, '1')));
    expect(await known(ctx)).toMatchObject({ total: 4 });
  });

  test('ends nothing where the charger gives it the number of another command', async () => {
    const { ctx, charger, id, requestId } = await reporting();
    await tell(charger, part(Number(requestId) + 1, 0, true, variable('A', 'X', '1')));
    await settle(ctx);
    expect(await read(ctx, id)).toMatchObject({ status: 'sent' });
  });
});
