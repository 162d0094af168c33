import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { endpoint as create } from '#functions/api/webhooks/create-webhook-endpoint.ts';
import { endpoint as rotate } from '#functions/api/webhooks/rotate-webhook-secret.ts';
import { keys } from '#shared/db/keys.ts';
import { call } from '#test/support/call.ts';
import { testContext } from '#test/support/context.ts';
import { UndoableTable } from '#test/support/isolation/undoable-table.ts';
import { loopbackServer } from '#test/support/loopback-server.ts';
import { somethingHappens } from '#test/webhooks/something-happens.ts';

test('lies sealed in its row, in no other row, and in no log', async () => {
  const ctx = testContext();
  const table = new UndoableTable(ctx.table);
  const { body } = await call({ ...ctx, table }, create, {
    body: { url: 'https://example.com/hooks' },
    headers: { 'idempotency-key': 'once' },
  });
  const secret = String(body['secret']);
  const rows = (await table.changes()).map(({ after }) => JSON.stringify(after));
  expect(rows.length).toBeGreaterThan(1);
  expect([...rows, JSON.stringify(ctx.logs)].filter((text) => text.includes(secret))).toEqual([]);
});

test('opens for its own endpoint alone: sealed secrets cannot be moved from row to row', async () => {
  await using server = await loopbackServer();
  const ctx = testContext();
  const made = async () =>
    String((await call(ctx, create, { body: { url: server.url } })).body['id']);
  const [mine, theirs] = [await made(), await made()];
  const rowOf = async (id: string) => ({ ...(await ctx.table.get(keys.webhook('demo', id))) });
  const { secrets } = await rowOf(theirs);
  const item = { ...(await rowOf(mine)), ...keys.webhook('demo', mine), secrets };
  await ctx.table.write([{ op: 'put', item }]);
  await expect(somethingHappens(ctx)).rejects.toThrow('cannot be opened');
});

test('both sign while it is being changed, and each receiver knows its own', async () => {
  await using server = await loopbackServer();
  const ctx = testContext({ at: new Date().toISOString() });
  const { body } = await call(ctx, create, { body: { url: server.url } });
  const params = { webhook_endpoint_id: String(body['id']) };
  const next = await call(ctx, rotate, { params, body: { overlap_hours: 1 } });
  await somethingHappens(ctx, 'BLR-IND');
  const [message] = server.received;
  const headers = Object.fromEntries(
    Object.entries(message?.headers ?? {}).map(([name, value]) => [name, String(value)]),
  );
  for (const secret of [body['secret'], next.body['secret']])
    expect(new Webhook(String(secret)).verify(message?.body ?? '', headers)).toBeTruthy();
  const stranger = new Webhook(`whsec_${Buffer.alloc(32).toString('base64')}`);
  expect(() => stranger.verify(message?.body ?? '', headers)).toThrow();
});
