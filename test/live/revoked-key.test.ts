import { expect, test } from 'vitest';
import { createLiveTicket, NewLiveTicket } from '#shared/live/live-ticket.ts';
import { mintApiKey } from '#shared/organizations/mint-api-key.ts';
import { revokeApiKey } from '#shared/organizations/revoke-api-key.ts';
import { aLiveClient, knock } from '#test/live/live-client.ts';
import { aCharge } from '#test/support/a-charge.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { settle } from '#test/support/settle.ts';

const MINUTE = 60_000;

/** A world in which a key may everything, as one of the software that watches. */
async function aKeyIn(ctx: TestContext) {
  const { key } = await mintApiKey(ctx, { name: 'Watcher', scopes: ['sessions:read'] });
  const actor = { kind: 'api_key', id: key.id, scopes: key.scopes } as const;
  return { id: key.id, holder: ctx.as({ actor }) };
}

test('the live sockets of a revoked key are closed, and nobody else’s', async () => {
  const ctx = testContext();
  const { id, holder } = await aKeyIn(ctx);
  const spied = await aLiveClient(holder, { topics: ['sessions'] });
  const other = await aLiveClient(ctx, { topics: ['sessions'] });
  await settle(ctx);
  await revokeApiKey(ctx, id, { overlapSeconds: 0 });
  await settle(ctx);
  expect(spied.closed).toMatchObject({ code: 4401 });
  expect(other.closed).toBe(undefined);
  await aCharge(ctx);
  await settle(ctx);
  expect(spied.events).toEqual([]);
  expect(other.events).toContain('session.started');
});

test('they stay as long as a revoked key works on', async () => {
  const ctx = testContext();
  const { id, holder } = await aKeyIn(ctx);
  const client = await aLiveClient(holder, { topics: ['sessions'] });
  await revokeApiKey(ctx, id, { overlapSeconds: 3600 });
  ctx.tick(59 * MINUTE);
  await settle(ctx);
  expect(client.closed).toBe(undefined);
  ctx.tick(MINUTE);
  await settle(ctx);
  expect(client.closed).toMatchObject({ code: 4401 });
});

test('a ticket that was given out before opens nothing that lasts', async () => {
  const ctx = testContext();
  const { id, holder } = await aKeyIn(ctx);
  const ticket = await createLiveTicket(holder, NewLiveTicket.parse({ topics: ['sessions'] }));
  await revokeApiKey(ctx, id, { overlapSeconds: 0 });
  await settle(ctx);
  const { client } = await knock(ctx, ticket.url);
  ctx.tick(15 * MINUTE);
  await settle(ctx);
  expect(client.closed).toMatchObject({ code: 4401 });
});
