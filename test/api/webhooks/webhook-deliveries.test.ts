import { describe, expect, test } from 'vitest';
import { endpoint as create } from '#functions/api/webhooks/create-webhook-endpoint.ts';
import { endpoint as get } from '#functions/api/webhooks/get-webhook-endpoint.ts';
import { endpoint as list } from '#functions/api/webhooks/list-webhook-deliveries.ts';
import { endpoint as replay } from '#functions/api/webhooks/replay-webhook-deliveries.ts';
import { endpoint as sample } from '#functions/api/webhooks/test-webhook-endpoint.ts';
import { endpoint as update } from '#functions/api/webhooks/update-webhook-endpoint.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { type LoopbackServer, loopbackServer } from '#test/support/loopback-server.ts';
import { settle } from '#test/support/settle.ts';
import { fail, somethingHappens } from '#test/webhooks/something-happens.ts';

async function anEndpoint(ctx: TestContext, { url }: LoopbackServer) {
  const { body } = await call(ctx, create, { body: { url } });
  return { params: { webhook_endpoint_id: String(body['id']) } };
}
const subjects = ({ received }: LoopbackServer) =>
  received.map(({ body }) => JSON.parse(body).subject.id);

describe('listWebhookDeliveries', () => {
  test('shows the newest first with their attempts, a page at a time', async () => {
    await using server = await loopbackServer();
    const ctx = testContext();
    const of = await anEndpoint(ctx, server);
    await somethingHappens(ctx, 'ONE');
    server.answer(fail(502));
    // Deliveries of one millisecond are in no order.
    ctx.tick(1);
    await somethingHappens(ctx, 'TWO');
    const first = await call(ctx, list, { ...of, query: { limit: 1 } });
    expect(first.body).toMatchObject({
      deliveries: [
        {
          id: expect.stringMatching(/^whd_/),
          status: 'retrying',
          attempts: [{ status_code: 502, error: 'Answered 502.', response_excerpt: 'no' }],
        },
      ],
      total: null,
    });
    const cursor = String(first.body['next_cursor']);
    const second = await call(ctx, list, { ...of, query: { limit: 1, cursor } });
    expect(second.body).toMatchObject({ deliveries: [{ status: 'succeeded' }], next_cursor: null });
    const failing = await call(ctx, list, { ...of, query: { status: 'retrying,exhausted' } });
    expect(failing.body['deliveries']).toMatchObject([{ status: 'retrying' }]);
  });

  test('refuses a status that is none, and an endpoint of somebody else', async () => {
    await using server = await loopbackServer();
    const ctx = testContext();
    const of = await anEndpoint(ctx, server);
    expect((await call(ctx, list, { ...of, query: { status: 'lost' } })).status).toBe(400);
    expect((await call(ctx.as({ tenantId: 'other' }), list, of)).status).toBe(404);
  });
});

describe("an endpoint's health", () => {
  test('is the share of attempts that succeeded, and since when all have failed', async () => {
    await using server = await loopbackServer();
    const ctx = testContext();
    const of = await anEndpoint(ctx, server);
    for (const id of ['ONE', 'TWO', 'THREE']) await somethingHappens(ctx, id);
    server.answer(fail(500));
    ctx.tick(60_000);
    await somethingHappens(ctx, 'FOUR');
    expect((await call(ctx, get, of)).body['health']).toEqual({
      success_rate: 0.75,
      last_success_at: '2026-06-01T04:30:00.000Z',
      last_failure_at: '2026-06-01T04:31:00.000Z',
      failing_since: '2026-06-01T04:31:00.000Z',
      last_error: 'Answered 500.',
    });
  });
});

describe('testWebhookEndpoint', () => {
  test('sends a signed sample at once and shows what was answered', async () => {
    await using server = await loopbackServer();
    const ctx = testContext();
    const of = await anEndpoint(ctx, server);
    server.answer((response) => response.writeHead(201).end('thank you'));
    const reply = await call(ctx, sample, { ...of, body: {} });
    expect(reply).toMatchObject({
      status: 200,
      body: {
        event_type: 'webhook_endpoint.test',
        status: 'succeeded',
        attempts: [{ status_code: 201, response_excerpt: 'thank you' }],
      },
    });
    expect(server.received[0]?.headers['webhook-signature']).toMatch(/^v1,/);
  });

  test('shows a failure, which is not tried again and counts nothing', async () => {
    await using server = await loopbackServer();
    server.answer(fail(500));
    const ctx = testContext();
    const of = await anEndpoint(ctx, server);
    const reply = await call(ctx, sample, of);
    expect(reply.body).toMatchObject({ status: 'exhausted', next_attempt_at: null });
    ctx.tick(86_400_000);
    await settle(ctx);
    expect(server.received).toHaveLength(1);
    expect((await call(ctx, get, of)).body['health']).toMatchObject({ failing_since: null });
  });

  test('sends the newest of a type under a new id, and its example where none has happened', async () => {
    await using server = await loopbackServer();
    const ctx = testContext();
    const of = await anEndpoint(ctx, server);
    await somethingHappens(ctx, 'ONE');
    await call(ctx, sample, { ...of, body: { event_type: 'site.created' } });
    expect(subjects(server)).toEqual(['ONE', 'ONE']);
    const ids = server.received.map(({ headers }) => headers['webhook-id']);
    expect(ids[0]).not.toBe(ids[1]);
    const shown = await call(ctx, sample, { ...of, body: { event_type: 'session.ended' } });
    expect(shown).toMatchObject({ status: 200, body: { event_type: 'session.ended' } });
    const none = await call(ctx, sample, { ...of, body: { event_type: 'session.lost' } });
    expect(none).toMatchObject({ status: 422, body: { errors: [{ code: 'no_sample' }] } });
  });
});

describe('replayWebhookDeliveries', () => {
  test('sends a delivery again with all attempts before it', async () => {
    await using server = await loopbackServer();
    const ctx = testContext();
    const of = await anEndpoint(ctx, server);
    await somethingHappens(ctx, 'ONE');
    const { body } = await call(ctx, list, of);
    const [{ id = '' } = {}] = body['deliveries'] as { id?: string }[];
    const reply = await call(ctx, replay, { ...of, body: { delivery_ids: [id] } });
    expect(reply).toMatchObject({ status: 202, body: { scheduled: 1, continue_after: null } });
    server.answer(fail(500));
    await settle(ctx);
    const after = await call(ctx, list, of);
    expect(after.body['deliveries']).toMatchObject([
      { id, status: 'retrying', attempts: [{ number: 1, error: null }, { number: 1 }] },
    ]);
    const [first, second] = server.received;
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
  });

  test('lets an endpoint that came late catch up with a range', async () => {
    await using server = await loopbackServer();
    const ctx = testContext();
    const from = ctx.now().toISOString();
    await somethingHappens(ctx, 'ONE');
    ctx.tick(60_000);
    await somethingHappens(ctx, 'TWO');
    ctx.tick(60_000);
    const until = ctx.now().toISOString();
    await somethingHappens(ctx, 'THREE');
    const of = await anEndpoint(ctx, server);
    const body = { created_after: from, created_before: until };
    const reply = await call(ctx, replay, { ...of, body });
    expect(reply.body).toEqual({ scheduled: 2, continue_after: null });
    await settle(ctx);
    expect(subjects(server).sort()).toEqual(['ONE', 'TWO']);
  });

  test.each([
    ['nothing named', {}],
    ['two things named', { event_ids: ['evt_01JWA3QH3M9K2V7T5C8X0N4B6R'], delivery_ids: ['x'] }],
    ['an unknown event', { event_ids: ['evt_01JWA3QH3M9K2V7T5C8X0N4B6R'] }],
    ['an unknown delivery', { delivery_ids: ['whd_01JWA3QH3M9K2V7T5C8X0N4B6R'] }],
  ])('refuses %s', async (_, body) => {
    await using server = await loopbackServer();
    const ctx = testContext();
    const of = await anEndpoint(ctx, server);
    expect((await call(ctx, replay, { ...of, body })).status).toBe(422);
  });

  test('refuses ids that can be none', async () => {
    await using server = await loopbackServer();
    const ctx = testContext();
    const of = await anEndpoint(ctx, server);
    for (const id of ['', 'x'.repeat(3000)])
      expect((await call(ctx, replay, { ...of, body: { delivery_ids: [id] } })).status).toBe(422);
  });

  test('refuses a disabled endpoint, and a start that the log no longer holds', async () => {
    await using server = await loopbackServer();
    const ctx = testContext();
    const of = await anEndpoint(ctx, server);
    const old = { after: 'evt_01JJ000000000000000000000A' };
    expect((await call(ctx, replay, { ...of, body: old })).status).toBe(410);
    await call(ctx, update, { ...of, body: { status: 'disabled' } });
    expect((await call(ctx, replay, { ...of, body: old })).status).toBe(409);
  });
});
