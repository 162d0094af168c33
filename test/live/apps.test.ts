import { expect, test } from 'vitest';
import { findConnection } from '#shared/live/connection.ts';
import { aLiveClient } from '#test/live/live-client.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { createClient, deleteClient, memberApp } from '#test/support/oauth-clients.ts';
import { settle } from '#test/support/settle.ts';

/** A member, as an app lets one be. */
const through = (ctx: TestContext, clientId: string, id = 'mem_1') =>
  ctx.as({ actor: { kind: 'member', id, scopes: ['sessions:read'], clientId } });

test('the live sockets of an app go with it, whoever it opened them for', async () => {
  const ctx = testContext();
  const { id } = await createClient(ctx, memberApp);
  const topics = { topics: ['sessions'] as const };
  const first = await aLiveClient(through(ctx, id), topics);
  const second = await aLiveClient(through(ctx, id, 'mem_2'), topics);
  const other = await aLiveClient(through(ctx, 'oac_other'), topics);
  await settle(ctx);
  await deleteClient(ctx, id);
  await settle(ctx);
  expect([first.closed, second.closed]).toMatchObject([{ code: 4401 }, { code: 4401 }]);
  expect(other.closed).toBe(undefined);
});

test('a socket that an app opened for a person is renewed for two hours, and not for a day', async () => {
  const ctx = testContext();
  const mine = await aLiveClient(through(ctx, 'oac_1'), { topics: ['sessions'] });
  const own = await aLiveClient(ctx, { topics: ['sessions'] });
  const untilOf = async ({ connectionId }: typeof mine) =>
    (await findConnection(ctx, connectionId))?.renewable_until;
  expect(await untilOf(mine)).toBe('2026-06-01T06:30:00.000Z');
  expect(await untilOf(own)).toBe('2026-06-02T04:30:00.000Z');
});
