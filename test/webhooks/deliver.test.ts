import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { subscriber } from '#functions/events/fan-out-webhooks.ts';
import { worker } from '#functions/tasks/deliver-webhook.ts';
import { EventEnvelope } from '#shared/events/envelope.ts';
import { listEvents } from '#shared/events/list-events.ts';
import { rotateWebhookSecret } from '#shared/webhooks/manage-endpoints.ts';
import { testContext } from '#test/support/context.ts';
import { loopbackServer } from '#test/support/loopback-server.ts';
import { pendingTasks, settle } from '#test/support/settle.ts';
import {
  anEndpoint,
  fail,
  somethingHappens,
  theDelivery,
  untilNext,
} from '#test/webhooks/something-happens.ts';

describe('a webhook', () => {
  test('brings the very envelope of the events API, signed with the secret of its endpoint', async () => {
    await using server = await loopbackServer();
    const ctx = testContext({ at: new Date().toISOString() });
    const { id, secret } = await anEndpoint(ctx, server);
    await somethingHappens(ctx);
    const [message] = server.received;
    const { events } = await listEvents(ctx, {}, { limit: 1 });
    expect(EventEnvelope.parse(JSON.parse(message?.body ?? ''))).toEqual(events[0]);
    expect(message?.headers['webhook-id']).toBe(events[0]?.id);
    const headers = Object.fromEntries(
      Object.entries(message?.headers ?? {}).map(([name, value]) => [name, String(value)]),
    );
    expect(new Webhook(secret).verify(message?.body ?? '', headers)).toBeTruthy();
    expect(await theDelivery(ctx, id)).toMatchObject({
      event_id: events[0]?.id,
      event_type: 'site.created',
      status: 'succeeded',
      next_attempt_at: null,
      attempts: [{ number: 1, status_code: 204, error: null }],
    });
  });

  test('is tried ten times over three days, then given up', async () => {
    await using server = await loopbackServer();
    server.answer(fail(500));
    const ctx = testContext();
    const { id } = await anEndpoint(ctx, server);
    const start = ctx.now().getTime();
    await somethingHappens(ctx);
    for (let attempt = 2; attempt <= 10; attempt++) {
      expect((await theDelivery(ctx, id)).status).toBe('retrying');
      await untilNext(ctx);
    }
    const { status, attempts, next_attempt_at } = await theDelivery(ctx, id);
    expect({ status, next_attempt_at }).toEqual({ status: 'exhausted', next_attempt_at: null });
    expect(server.received).toHaveLength(10);
    expect(pendingTasks(ctx)).toEqual([]);
    // Hours since the first: 5 s, + 5 min, + 30 min, + 2 h, + 5, + 10, + 14, + 20, + 24 = 75.59 h.
    const hours = attempts.map(({ at }) => (Date.parse(at) - start) / 3_600_000);
    const plan = [0, 0.00139, 0.0847, 0.5847, 2.5847, 7.5847, 17.5847, 31.5847, 51.5847, 75.5847];
    for (const [n, planned] of plan.entries()) {
      expect(hours[n]).toBeGreaterThanOrEqual(planned - 0.001);
      expect(hours[n]).toBeLessThanOrEqual(planned * 1.2 + 0.001);
    }
  });

  test('comes through when the server is back', async () => {
    await using server = await loopbackServer();
    server.answer(fail(503));
    const ctx = testContext();
    const { id } = await anEndpoint(ctx, server);
    await somethingHappens(ctx);
    server.answer((response) => response.writeHead(200).end());
    await untilNext(ctx);
    expect(await theDelivery(ctx, id)).toMatchObject({
      status: 'succeeded',
      attempts: [{ status_code: 503 }, { status_code: 200 }],
    });
  });

  test.each([429, 503])('waits as long as a %i asks', async (status) => {
    await using server = await loopbackServer();
    server.answer(fail(status, { 'retry-after': '120' }));
    const ctx = testContext();
    const { id } = await anEndpoint(ctx, server);
    await somethingHappens(ctx);
    const wait =
      Date.parse((await theDelivery(ctx, id)).next_attempt_at ?? '') - ctx.now().getTime();
    expect(wait).toBe(120_000);
  });

  test('takes a redirect for a failure', async () => {
    await using server = await loopbackServer();
    server.answer(fail(302, { location: server.url }));
    const ctx = testContext();
    const { id } = await anEndpoint(ctx, server);
    await somethingHappens(ctx);
    expect((await theDelivery(ctx, id)).status).toBe('retrying');
    expect(server.received).toHaveLength(1);
  });

  test('is sent once, however often the event and the task come', async () => {
    await using server = await loopbackServer();
    const ctx = testContext();
    const { id } = await anEndpoint(ctx, server);
    await somethingHappens(ctx);
    const { events } = await listEvents(ctx, {}, { limit: 1 });
    for (const event of events) await subscriber.handle(event, ctx);
    const delivery = await theDelivery(ctx, id);
    const task = { endpoint_id: id, delivery_id: delivery.id, round: 1, attempt: 1 };
    await worker.run(task, ctx);
    await settle(ctx);
    expect(server.received).toHaveLength(1);
  });

  test('carries two signatures while the secret is being changed', async () => {
    await using server = await loopbackServer();
    const ctx = testContext();
    const { id } = await anEndpoint(ctx, server);
    await rotateWebhookSecret(ctx, id, 24);
    await somethingHappens(ctx, 'ONE');
    ctx.tick(24 * 3_600_000);
    await somethingHappens(ctx, 'TWO');
    const signatures = server.received.map(
      ({ headers }) => String(headers['webhook-signature']).split(' ').length,
    );
    expect(signatures).toEqual([2, 1]);
  });

  test('goes to those endpoints alone whose types and filter want it', async () => {
    await using server = await loopbackServer();
    const ctx = testContext();
    const wanting = [
      await anEndpoint(ctx, server, { event_types: ['site.*'] }),
      await anEndpoint(ctx, server, { filter: { site_id: ['BLR-IND'] } }),
    ];
    await anEndpoint(ctx, server, { event_types: ['session.*'] });
    await anEndpoint(ctx, server, { filter: { site_id: ['ELSEWHERE'] } });
    await anEndpoint(ctx, server, { filter: { charger_id: ['BLR-014'] } });
    await anEndpoint(ctx.as({ tenantId: 'other' }), server);
    await somethingHappens(ctx);
    expect(server.received).toHaveLength(2);
    for (const { id } of wanting) expect((await theDelivery(ctx, id)).status).toBe('succeeded');
  });
});
