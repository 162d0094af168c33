import { expect, test } from 'vitest';
import { createLiveTicket, NewLiveTicket } from '#shared/live/live-ticket.ts';
import { mintApiKey } from '#shared/organizations/mint-api-key.ts';
import { aLiveClient, knock } from '#test/live/live-client.ts';
import { testContext } from '#test/support/context.ts';
import { settle } from '#test/support/settle.ts';

const MINUTE = 60_000;

/** A world in which a key ends in half an hour. */
async function aKeyThatEnds(minutes: number) {
  const ctx = testContext();
  const expiresAt = new Date(ctx.now().getTime() + minutes * MINUTE).toISOString();
  const scopes = ['sessions:read'];
  const { key } = await mintApiKey(ctx, { name: 'Watcher', scopes, expiresAt });
  return { ctx, holder: ctx.as({ actor: { kind: 'api_key', id: key.id, scopes } }) };
}

test('the live sockets of a key are closed when it ends, not before', async () => {
  const { ctx, holder } = await aKeyThatEnds(30);
  const client = await aLiveClient(holder, { topics: ['sessions'] });
  const other = await aLiveClient(ctx, { topics: ['sessions'] });
  ctx.tick(30 * MINUTE - 1);
  await settle(ctx);
  expect(client.closed).toBe(undefined);
  ctx.tick(1);
  await settle(ctx);
  expect(client.closed).toMatchObject({ code: 4401 });
  expect(other.closed).toBe(undefined);
});

test('a ticket of it opens nothing any more, though its minute is not over', async () => {
  const { ctx, holder } = await aKeyThatEnds(0.5);
  const { url, expires_at } = await createLiveTicket(
    holder,
    NewLiveTicket.parse({ topics: ['sessions'] }),
  );
  expect(Date.parse(expires_at) - ctx.now().getTime()).toBe(30_000);
  ctx.tick(30_000);
  expect((await knock(ctx, url)).status).toBe(401);
});

test('what renews a connection lasts no longer than the key', async () => {
  const { ctx, holder } = await aKeyThatEnds(150);
  const first = await aLiveClient(holder, { topics: ['sessions'] });
  ctx.tick(115 * MINUTE);
  await settle(ctx);
  const [frame] = first.of('reconnect');
  const { client } = await knock(ctx, String(frame?.['url']));
  await settle(ctx);
  ctx.tick(35 * MINUTE);
  await settle(ctx);
  expect(client.closed).toMatchObject({ code: 4401 });
});

test('a key that ends long after them closes none of its sockets', async () => {
  const { ctx, holder } = await aKeyThatEnds(1000);
  const client = await aLiveClient(holder, { topics: ['sessions'] });
  ctx.tick(119 * MINUTE);
  await settle(ctx);
  expect(client.closed).toBe(undefined);
});
