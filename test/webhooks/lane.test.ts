import { describe, test } from 'vitest';
import { getWebhookEndpoint } from '#shared/webhooks/webhook-endpoint.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { loopbackServer } from '#test/support/loopback-server.ts';
import { clearOutbox, recordedOutboxes } from '#test/support/outbox.ts';
import { pendingTasks } from '#test/support/settle.ts';
import { anEndpoint, fail, somethingHappens } from '#test/webhooks/something-happens.ts';

/** The queue on which the next event is put for each endpoint. */
async function lanes(ctx: TestContext, site: string): Promise<Record<string, string>> {
  clearOutbox(ctx);
  await somethingHappens(ctx, site);
  const tasks = recordedOutboxes(ctx).flatMap((outbox) => outbox.tasks);
  const queued = tasks.filter(({ task }) => task.endsWith('webhook'));
  return Object.fromEntries(queued.map(({ task, group }) => [group ?? '', task]));
}

describe('an endpoint that answers late', () => {
  test('has a queue apart from then on, until it has been quick for ten minutes', async ({
    expect,
  }) => {
    await using slow = await loopbackServer();
    await using quick = await loopbackServer();
    const ctx = testContext();
    slow.answer((response) => {
      ctx.tick(2000);
      response.writeHead(204).end();
    });
    const [a, b] = [await anEndpoint(ctx, slow), await anEndpoint(ctx, quick)];
    expect(await lanes(ctx, 'S-1')).toEqual({
      [a.id]: 'deliver-webhook',
      [b.id]: 'deliver-webhook',
    });
    slow.answer((response) => response.writeHead(204).end());
    const apart = { [a.id]: 'deliver-slow-webhook', [b.id]: 'deliver-webhook' };
    expect(await lanes(ctx, 'S-2')).toEqual(apart);
    ctx.tick(600_000);
    expect(await lanes(ctx, 'S-3')).toEqual({
      [a.id]: 'deliver-webhook',
      [b.id]: 'deliver-webhook',
    });
    expect([slow.received.length, quick.received.length]).toEqual([3, 3]);
  });

  test('is no other endpoint to its owner: its version stays', async ({ expect }) => {
    await using slow = await loopbackServer();
    const ctx = testContext();
    slow.answer((response) => {
      ctx.tick(9000);
      response.writeHead(204).end();
    });
    const { id, version } = await anEndpoint(ctx, slow);
    await somethingHappens(ctx);
    expect(await getWebhookEndpoint(ctx, id)).toMatchObject({
      version,
      slow_until: new Date(ctx.now().getTime() + 600_000).toISOString(),
    });
  });
});

test('what has failed is tried again apart from what comes for the first time', async ({
  expect,
}) => {
  await using server = await loopbackServer();
  server.answer(fail(500));
  const ctx = testContext();
  await anEndpoint(ctx, server);
  await somethingHappens(ctx);
  expect(pendingTasks(ctx).map(({ task }) => task)).toEqual(['deliver-slow-webhook']);
});
