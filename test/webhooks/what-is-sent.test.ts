import { describe, expect, test } from 'vitest';
import { endpoint as getEvent } from '#functions/api/events/get-event.ts';
import { endpoint as create } from '#functions/api/webhooks/create-webhook-endpoint.ts';
import { endpoint as deliveries } from '#functions/api/webhooks/list-webhook-deliveries.ts';
import { endpoint as sample } from '#functions/api/webhooks/test-webhook-endpoint.ts';
import { subscriber } from '#functions/events/fan-out-webhooks.ts';
import { appendEvent } from '#shared/events/append-event.ts';
import { EventEnvelope } from '#shared/events/envelope.ts';
import { seedVendor } from '#shared/vendors/seed-vendor.ts';
import { anEvent } from '#test/events/an-event.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { loopbackServer } from '#test/support/loopback-server.ts';
import { settle } from '#test/support/settle.ts';
import { anEndpoint, fail, somethingHappens, untilNext } from '#test/webhooks/something-happens.ts';

describe('a delivery', () => {
  test('shows what each attempt sent and what came back', async () => {
    await using server = await loopbackServer();
    server.answer((response) =>
      response
        .writeHead(503, { 'retry-after': '7', server: 'nginx', 'set-cookie': 'a=b' })
        .end('try later'),
    );
    const ctx = testContext();
    const { id } = await anEndpoint(ctx, server);
    await somethingHappens(ctx);
    server.answer((response) => response.writeHead(204).end());
    await untilNext(ctx);
    const params = { webhook_endpoint_id: id };
    const plain = await call(ctx, deliveries, { params });
    expect(plain.body['deliveries']).toMatchObject([{ request_body: null }]);
    const { body } = await call(ctx, deliveries, { params, query: { expand: 'request_body' } });
    const sent = server.received.map(({ headers }) => ({
      'content-type': headers['content-type'],
      'user-agent': headers['user-agent'],
      'webhook-id': headers['webhook-id'],
      'webhook-timestamp': headers['webhook-timestamp'],
      'webhook-signature': headers['webhook-signature'],
    }));
    expect(body['deliveries']).toMatchObject([
      {
        status: 'succeeded',
        request_body: server.received[0]?.body,
        attempts: [
          {
            number: 1,
            status_code: 503,
            error: 'Answered 503.',
            request_headers: sent[0],
            response_excerpt: 'try later',
          },
          { number: 2, status_code: 204, error: null, request_headers: sent[1] },
        ],
      },
    ]);
    const [{ attempts = [] } = {}] = Object(body)['deliveries'];
    expect(Object.keys(attempts[0].response_headers).sort()).toEqual([
      'date',
      'retry-after',
      'server',
    ]);
  });

  test('keeps no more of an answer than tells who gave it', async () => {
    await using server = await loopbackServer();
    server.answer((response) =>
      response.writeHead(500, { server: 'x'.repeat(5000) }).end('y'.repeat(5000)),
    );
    const ctx = testContext();
    const { id } = await anEndpoint(ctx, server);
    await somethingHappens(ctx);
    const { body } = await call(ctx, deliveries, { params: { webhook_endpoint_id: id } });
    const [{ attempts = [] } = {}] = Object(body)['deliveries'];
    expect(attempts[0].response_headers.server).toHaveLength(200);
    expect(attempts[0].response_excerpt).toHaveLength(500);
  });

  test('of a sample shows what was sent, though it is in no log', async () => {
    await using server = await loopbackServer();
    const ctx = testContext();
    const { id } = await anEndpoint(ctx, server);
    const params = { webhook_endpoint_id: id };
    await call(ctx, sample, { params, body: { event_type: 'session.ended' } });
    const { body } = await call(ctx, deliveries, { params, query: { expand: 'request_body' } });
    expect(body['deliveries']).toMatchObject([{ request_body: server.received[0]?.body }]);
  });
});

/** An event about a site with a very long name. */
async function aLargeEvent(ctx: TestContext, bytes: number): Promise<EventEnvelope> {
  const object = { id: 'BLR-IND', name: 'x'.repeat(bytes) };
  const event = anEvent(ctx, {
    type: 'site.updated',
    subject: { object: 'site', id: 'BLR-IND', resource_version: 2 },
    data: { object },
  });
  await appendEvent(ctx, event);
  await subscriber.handle(event, ctx);
  await settle(ctx);
  return event;
}

describe('an event', () => {
  test('of 256 KB and less is sent whole', async () => {
    await using server = await loopbackServer();
    const ctx = testContext();
    await anEndpoint(ctx, server);
    const event = await aLargeEvent(ctx, 255 * 1024);
    expect(JSON.parse(server.received[0]?.body ?? '')).toEqual(event);
  });

  test('of more is sent without its object, and says where the whole is', async () => {
    await using server = await loopbackServer();
    const ctx = testContext();
    await anEndpoint(ctx, server);
    const event = await aLargeEvent(ctx, 257 * 1024);
    const thin = EventEnvelope.parse(JSON.parse(server.received[0]?.body ?? ''));
    expect(thin).toEqual({
      ...event,
      data: { object: null, truncated: true, url: `/v1/events/${event.id}` },
    });
    const whole = await call(ctx, getEvent, { params: { event_id: event.id } });
    expect(whole.body).toEqual(event);
  });

  test('is of the version that its endpoint was made with', async () => {
    await using server = await loopbackServer();
    const ctx = testContext();
    const { body } = await call(ctx, create, { body: { url: server.url } });
    expect(body['api_version']).toBe('2026-06-01');
    await somethingHappens(ctx);
    expect(JSON.parse(server.received[0]?.body ?? '').api_version).toBe('2026-06-01');
    const other = { url: server.url, api_version: '2020-01-01' };
    expect((await call(ctx, create, { body: other })).status).toBe(422);
  });
});

test('a filter by vendor follows the sites that the vendor has when something happens', async () => {
  await using server = await loopbackServer();
  const ctx = testContext();
  await somethingHappens(ctx, 'BLR-IND');
  const vendor = await seedVendor(ctx, 'BLR-IND');
  await anEndpoint(ctx, server, { filter: { vendor_id: [vendor.id] } });
  await anEndpoint(ctx, server, { filter: { vendor_id: ['ven_unknown'] } });
  const at = (site_id: string | null) =>
    anEvent(ctx, {
      type: 'site.updated',
      subject: { object: 'site', id: site_id ?? 'none', resource_version: 2 },
      scope: { site_id },
    });
  for (const event of [at('BLR-IND'), at('BLR-HSR'), at(null)]) {
    await appendEvent(ctx, event);
    await subscriber.handle(event, ctx);
  }
  await settle(ctx);
  expect(server.received.map(({ body }) => JSON.parse(body).scope.site_id)).toEqual(['BLR-IND']);
});

test('a redirect is not followed: nothing reaches where it leads', async () => {
  await using other = await loopbackServer();
  await using server = await loopbackServer();
  server.answer(fail(308, { location: other.url }));
  const ctx = testContext();
  await anEndpoint(ctx, server);
  await somethingHappens(ctx);
  expect(other.received).toEqual([]);
});
