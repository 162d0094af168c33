import { describe, expect, test } from 'vitest';
import { deleteWebhookEndpoint, updateWebhookEndpoint } from '#shared/webhooks/manage-endpoints.ts';
import { getWebhookEndpoint } from '#shared/webhooks/webhook-endpoint.ts';
import { testContext } from '#test/support/context.ts';
import { loopbackServer } from '#test/support/loopback-server.ts';
import { settle } from '#test/support/settle.ts';
import {
  anEndpoint,
  fail,
  somethingHappens,
  theDelivery,
  untilNext,
} from '#test/webhooks/something-happens.ts';

describe('an endpoint', () => {
  test('that answers 410 is disabled at once, and the others are told', async () => {
    await using gone = await loopbackServer();
    await using other = await loopbackServer();
    gone.answer(fail(410));
    const ctx = testContext();
    const { id } = await anEndpoint(ctx, gone);
    await anEndpoint(ctx, other, { event_types: ['webhook_endpoint.*'] });
    await somethingHappens(ctx);
    expect(await getWebhookEndpoint(ctx, id)).toMatchObject({
      status: 'disabled',
      disabled_reason: 'gone',
    });
    expect((await theDelivery(ctx, id)).status).toBe('canceled');
    expect(other.received.map(({ body }) => JSON.parse(body))).toMatchObject([
      { type: 'webhook_endpoint.disabled', subject: { id }, data: { object: { id } } },
    ]);
  });

  test('is disabled after five days without a success, not before', async () => {
    await using server = await loopbackServer();
    server.answer(fail(500));
    const ctx = testContext();
    const { id } = await anEndpoint(ctx, server);
    await somethingHappens(ctx, 'DAY-0');
    ctx.tick(5 * 86_400_000 - 60_000);
    await somethingHappens(ctx, 'DAY-5');
    expect((await getWebhookEndpoint(ctx, id)).status).toBe('enabled');
    ctx.tick(60_000);
    await settle(ctx);
    expect(await getWebhookEndpoint(ctx, id)).toMatchObject({
      status: 'disabled',
      disabled_reason: 'failing',
    });
  });

  test('that had a success in between is not', async () => {
    await using server = await loopbackServer();
    server.answer(fail(500));
    const ctx = testContext();
    const { id } = await anEndpoint(ctx, server);
    await somethingHappens(ctx, 'DAY-0');
    ctx.tick(3 * 86_400_000);
    server.answer((response) => response.writeHead(204).end());
    await somethingHappens(ctx, 'DAY-3');
    server.answer(fail(500));
    ctx.tick(3 * 86_400_000);
    await somethingHappens(ctx, 'DAY-6');
    expect((await getWebhookEndpoint(ctx, id)).status).toBe('enabled');
  });

  test('that is disabled or deleted is sent nothing more, and what waits is canceled', async () => {
    await using server = await loopbackServer();
    server.answer(fail(500));
    const ctx = testContext();
    const { id } = await anEndpoint(ctx, server);
    await somethingHappens(ctx, 'ONE');
    await updateWebhookEndpoint(ctx, id, { status: 'disabled' });
    await somethingHappens(ctx, 'TWO');
    await untilNext(ctx);
    expect(server.received).toHaveLength(1);
    expect((await theDelivery(ctx, id)).status).toBe('canceled');
    await deleteWebhookEndpoint(ctx, id);
    await somethingHappens(ctx, 'THREE');
    expect(server.received).toHaveLength(1);
  });

  test('starts without a past when it is enabled again', async () => {
    await using server = await loopbackServer();
    server.answer(fail(500));
    const ctx = testContext();
    const { id } = await anEndpoint(ctx, server);
    await somethingHappens(ctx, 'DAY-0');
    ctx.tick(6 * 86_400_000);
    await settle(ctx);
    expect((await getWebhookEndpoint(ctx, id)).status).toBe('disabled');
    await updateWebhookEndpoint(ctx, id, { status: 'enabled' });
    await somethingHappens(ctx, 'DAY-6');
    expect((await getWebhookEndpoint(ctx, id)).status).toBe('enabled');
  });

  test('of a credential that sees one site is told of that site alone', async () => {
    await using server = await loopbackServer();
    const ctx = testContext();
    const limited = ctx.as({
      actor: { kind: 'api_key', id: 'key_site', scopes: ['*'], siteIds: ['BLR-IND'] },
    });
    await anEndpoint(limited, server);
    await somethingHappens(ctx, 'BLR-IND');
    await somethingHappens(ctx, 'BLR-HSR');
    expect(server.received.map(({ body }) => JSON.parse(body).subject.id)).toEqual(['BLR-IND']);
  });
});
