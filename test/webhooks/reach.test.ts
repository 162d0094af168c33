import { describe, expect, test } from 'vitest';
import { endpoint as create } from '#functions/api/webhooks/create-webhook-endpoint.ts';
import { endpoint as remove } from '#functions/api/webhooks/delete-webhook-endpoint.ts';
import { endpoint as get } from '#functions/api/webhooks/get-webhook-endpoint.ts';
import { endpoint as deliveries } from '#functions/api/webhooks/list-webhook-deliveries.ts';
import { endpoint as replay } from '#functions/api/webhooks/replay-webhook-deliveries.ts';
import { endpoint as rotate } from '#functions/api/webhooks/rotate-webhook-secret.ts';
import { endpoint as sample } from '#functions/api/webhooks/test-webhook-endpoint.ts';
import { endpoint as update } from '#functions/api/webhooks/update-webhook-endpoint.ts';
import { keys } from '#shared/db/keys.ts';
import { aCharge } from '#test/support/a-charge.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { type LoopbackServer, loopbackServer } from '#test/support/loopback-server.ts';
import { settle } from '#test/support/settle.ts';
import { somethingHappens } from '#test/webhooks/something-happens.ts';

const keyWith = (...scopes: string[]) => ({
  actor: { kind: 'api_key', id: 'key_narrow', scopes: ['webhooks:write', ...scopes] } as const,
});
const typesAt = ({ received }: LoopbackServer) =>
  new Set(received.map(({ body }) => String(JSON.parse(body).type)));
const idOf = async (ctx: TestContext, body: object) =>
  String((await call(ctx, create, { body })).body['id']);

describe('an endpoint is sent what the credential that made it may read', () => {
  test('and nothing else, though it asked for everything', async () => {
    await using server = await loopbackServer();
    const ctx = testContext();
    await call(ctx.as(keyWith('sites:read')), create, { body: { url: server.url } });
    await somethingHappens(ctx, 'BLR-IND');
    await aCharge(ctx);
    await settle(ctx);
    expect(typesAt(server)).toEqual(new Set(['site.created']));
  });

  test('of patterns that match more than that, the rest is left out', async () => {
    await using server = await loopbackServer();
    const ctx = testContext();
    const body = { url: server.url, event_types: ['site.*', 'session.*', 'charger.*'] };
    const reply = await call(ctx.as(keyWith('sessions:read')), create, { body });
    expect(reply).toMatchObject({
      status: 201,
      body: { reach: { scopes: ['sessions:read'], site_ids: null }, created_by: 'key_narrow' },
    });
    await somethingHappens(ctx, 'BLR-IND');
    await aCharge(ctx);
    await settle(ctx);
    expect(typesAt(server)).toContain('session.started');
    for (const type of typesAt(server)) expect(type).toMatch(/^session\./);
  });

  test('one that could be sent nothing at all is refused', async () => {
    const ctx = testContext();
    const narrow = ctx.as(keyWith('sites:read'));
    const url = 'https://example.com/hooks';
    const one = await call(narrow, create, { body: { url, event_types: ['session.*'] } });
    expect(one).toMatchObject({ status: 403, body: { code: 'insufficient_scope' } });
    const none = await call(ctx.as(keyWith()), create, { body: { url } });
    expect(none).toMatchObject({ status: 403 });
    const params = { webhook_endpoint_id: await idOf(narrow, { url }) };
    const patch = { params, body: { event_types: ['cdr.created'] } };
    expect((await call(ctx, update, patch)).status).toBe(403);
  });

  test.each(['session.lost', 'sesion.*', 'command.sent'])(
    '%s is no type of webhooks',
    async (type) => {
      const body = { url: 'https://example.com/hooks', event_types: ['site.*', type] };
      expect(await call(testContext(), create, { body })).toMatchObject({
        status: 422,
        body: { errors: [{ field: 'event_types.1', code: 'unknown_event_type' }] },
      });
    },
  );

  test('a wider credential that changes it does not widen it', async () => {
    await using server = await loopbackServer();
    const ctx = testContext();
    const id = await idOf(ctx.as(keyWith('sites:read')), { url: server.url });
    const params = { webhook_endpoint_id: id };
    const reply = await call(ctx, update, { params, body: { event_types: ['*'] } });
    expect(reply.body['reach']).toEqual({ scopes: ['sites:read'], site_ids: null });
    await aCharge(ctx);
    await settle(ctx);
    expect(server.received).toEqual([]);
  });
});

describe('a credential that reads less than an endpoint is sent', () => {
  const NARROW = keyWith('webhooks:read', 'sites:read', 'admin:read');

  test('cannot turn it to a server of its own, nor get its secret, nor touch it at all', async () => {
    const ctx = testContext();
    const params = { webhook_endpoint_id: await idOf(ctx, { url: 'https://example.com/hooks' }) };
    const narrow = ctx.as(NARROW);
    const asked = [
      [update, { url: 'https://elsewhere.example/' }],
      [rotate, {}],
      [replay, { created_after: ctx.now().toISOString() }],
      [sample, {}],
      [remove, undefined],
    ] as const;
    for (const [endpoint, body] of asked) {
      const reply = await call(narrow, endpoint, { params, ...(body ? { body } : {}) });
      expect(reply).toMatchObject({ status: 403, body: { code: 'insufficient_scope' } });
    }
    expect((await call(narrow, get, { params })).body).toMatchObject({
      url: 'https://example.com/hooks',
      resource_version: 1,
    });
  });

  test('sees how its deliveries went, and nothing of what went', async () => {
    await using server = await loopbackServer();
    server.answer((response) => response.writeHead(200, { server: 'nginx' }).end('thanks'));
    const ctx = testContext();
    const params = { webhook_endpoint_id: await idOf(ctx, { url: server.url }) };
    await somethingHappens(ctx, 'BLR-IND');
    const query = { expand: 'request_body' };
    const { body } = await call(ctx.as(NARROW), deliveries, { params, query });
    expect(body['deliveries']).toMatchObject([
      {
        status: 'succeeded',
        request_body: null,
        attempts: [{ status_code: 200, response_headers: null, response_excerpt: null }],
      },
    ]);
    expect(JSON.stringify(body)).not.toContain('webhook-signature');
  });

  test('manages one that is sent no more than it reads, whatever else each may write', async () => {
    const ctx = testContext();
    const maker = ctx.as(keyWith('sites:read', 'sites:write', 'tariffs:write'));
    const params = { webhook_endpoint_id: await idOf(maker, { url: 'https://example.com/' }) };
    const patch = { params, body: { description: 'Ours' } };
    expect((await call(ctx.as(keyWith('sites:read')), update, patch)).status).toBe(200);
  });
});

describe('an endpoint of the first releases', () => {
  /** As rows were: the secret in the clear, no scopes. */
  const old = async (ctx: TestContext, url: string) => {
    const id = await idOf(ctx, { url });
    const row = await ctx.table.get(keys.webhook(ctx.tenantId, id));
    const { scopes: _, created_by: __, ...rest } = { ...row };
    const secrets = [
      { value: `whsec_${Buffer.alloc(32, 7).toString('base64')}`, expires_at: null },
    ];
    const item = { ...rest, ...keys.webhook(ctx.tenantId, id), secrets };
    await ctx.table.write([{ op: 'put', item }]);
    return { id, secret: secrets[0]?.value ?? '' };
  };

  test('is still sent everything, signed with the secret it had', async () => {
    await using server = await loopbackServer();
    const ctx = testContext();
    const { id } = await old(ctx, server.url);
    await somethingHappens(ctx, 'BLR-IND');
    expect(typesAt(server)).toEqual(new Set(['site.created']));
    expect(server.received[0]?.headers['webhook-signature']).toMatch(/^v1,/);
    const params = { webhook_endpoint_id: id };
    expect((await call(ctx, get, { params })).body['reach']).toEqual({
      scopes: ['*'],
      site_ids: null,
    });
  });

  test('has its secret sealed when it is next changed', async () => {
    const ctx = testContext();
    const { id, secret } = await old(ctx, 'https://example.com/hooks');
    const params = { webhook_endpoint_id: id };
    await call(ctx, update, { params, body: { description: 'Billing' } });
    const row = await ctx.table.get(keys.webhook(ctx.tenantId, id));
    expect(JSON.stringify(row)).not.toContain(secret);
  });
});
