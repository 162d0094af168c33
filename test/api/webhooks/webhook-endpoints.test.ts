import { describe, expect, test } from 'vitest';
import { endpoint as create } from '#functions/api/webhooks/create-webhook-endpoint.ts';
import { endpoint as remove } from '#functions/api/webhooks/delete-webhook-endpoint.ts';
import { endpoint as get } from '#functions/api/webhooks/get-webhook-endpoint.ts';
import { endpoint as list } from '#functions/api/webhooks/list-webhook-endpoints.ts';
import { endpoint as rotate } from '#functions/api/webhooks/rotate-webhook-secret.ts';
import { endpoint as update } from '#functions/api/webhooks/update-webhook-endpoint.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';

const url = 'https://example.com/hooks';
const made = async (ctx: TestContext, body: object = {}) =>
  String((await call(ctx, create, { body: { url, ...body } })).body['id']);
const at = (id: string) => ({ params: { webhook_endpoint_id: id } });

describe('createWebhookEndpoint', () => {
  test('answers the endpoint with its secret, which no later answer shows', async () => {
    const ctx = testContext();
    const body = { url, event_types: ['*'], description: 'Billing' };
    const reply = await call(ctx, create, { body });
    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({ ...body, status: 'enabled', livemode: false });
    expect(reply.body['id']).toMatch(/^whe_[0-9A-Z]{26}$/);
    expect(reply.body['secret']).toMatch(/^whsec_/);
    expect(reply.headers['Location']).toBe(`/v1/webhook-endpoints/${reply.body['id']}`);
    const shown = await call(ctx, get, at(String(reply.body['id'])));
    const { secret: _, ...rest } = reply.body;
    expect(shown.body).toEqual(rest);
    const listed = await call(ctx, list);
    expect(listed.body).toEqual({ webhook_endpoints: [rest], total: 1, next_cursor: null });
  });

  test('sends everything where no types are named', async () => {
    const { body } = await call(testContext(), create, { body: { url } });
    expect(body).toMatchObject({ event_types: ['*'], filter: {}, description: null });
  });

  test.each(['http://example.com/', 'http://127.0.0.1:8080/hooks', 'http://localhost:3000/'])(
    'takes %s in test mode, not in live mode',
    async (address) => {
      const body = { url: address };
      expect((await call(testContext(), create, { body })).status).toBe(201);
      expect((await call(testContext({ livemode: true }), create, { body })).status).toBe(422);
    },
  );

  test.each([
    ['no URL', 'nowhere'],
    ['another scheme', 'ftp://example.com/'],
    ['credentials', 'https://user:secret@example.com/'],
  ])('refuses %s', async (_, address) => {
    const reply = await call(testContext(), create, { body: { url: address } });
    expect(reply.status).toBe(422);
    expect(reply.body).toMatchObject({ code: 'validation_failed', errors: [{ field: 'url' }] });
  });

  test.each([
    'https://127.0.0.1/',
    'https://10.0.0.8/',
    'https://[::1]/',
    'https://localhost/',
    'https://intranet/',
    'https://db.internal/',
  ])('refuses %s in live mode', async (address) => {
    const reply = await call(testContext({ livemode: true }), create, { body: { url: address } });
    expect(reply.status).toBe(422);
  });

  test('refuses a type that is none', async () => {
    const body = { url, event_types: ['session'] };
    const reply = await call(testContext(), create, { body });
    expect(reply).toMatchObject({ status: 422, body: { errors: [{ field: 'event_types.0' }] } });
  });

  test('makes a hundred at most', async () => {
    const ctx = testContext();
    for (let n = 0; n < 100; n++) await made(ctx);
    const reply = await call(ctx, create, { body: { url } });
    expect(reply).toMatchObject({ status: 409, body: { code: 'conflict' } });
  });
});

describe('listWebhookEndpoints', () => {
  test('pages, newest first', async () => {
    const ctx = testContext();
    const ids = [await made(ctx), await made(ctx), await made(ctx)];
    const first = await call(ctx, list, { query: { limit: 2 } });
    const next = String(first.body['next_cursor']);
    const second = await call(ctx, list, { query: { limit: 2, cursor: next } });
    const pages = [first, second].map(({ body }) => body['webhook_endpoints']);
    expect(pages).toMatchObject([[{ id: ids[2] }, { id: ids[1] }], [{ id: ids[0] }]]);
    expect(second.body).toMatchObject({ total: 3, next_cursor: null });
  });
});

describe('updateWebhookEndpoint', () => {
  test('changes what is given, and says who disabled it', async () => {
    const ctx = testContext();
    const id = await made(ctx, { description: 'Billing' });
    const body = { status: 'disabled', description: null };
    const reply = await call(ctx, update, { ...at(id), body });
    expect(reply.body).toMatchObject({
      ...body,
      url,
      disabled_reason: 'by_user',
      disabled_at: ctx.now().toISOString(),
      resource_version: 2,
    });
    const back = await call(ctx, update, { ...at(id), body: { status: 'enabled' } });
    expect(back.body).toMatchObject({
      status: 'enabled',
      disabled_reason: null,
      disabled_at: null,
    });
  });

  test('is refused where someone else was faster', async () => {
    const ctx = testContext();
    const id = await made(ctx);
    await call(ctx, update, { ...at(id), body: { description: 'first' } });
    const late = { ...at(id), body: { description: 'second' }, headers: { 'if-match': '"1"' } };
    expect((await call(ctx, update, late)).status).toBe(412);
  });

  test('checks a new URL as it did the first', async () => {
    const ctx = testContext({ livemode: true });
    const id = await made(ctx);
    const body = { url: 'https://192.168.1.1/' };
    expect((await call(ctx, update, { ...at(id), body })).status).toBe(422);
  });
});

describe('rotateWebhookSecret', () => {
  test('gives a new secret, and says how long the old one signs too', async () => {
    const ctx = testContext();
    const { body } = await call(ctx, create, { body: { url } });
    const id = String(body['id']);
    const reply = await call(ctx, rotate, { ...at(id), body: { overlap_hours: 48 } });
    expect(reply.body['secret']).not.toBe(body['secret']);
    expect(reply.body['previous_valid_until']).toBe('2026-06-03T04:30:00.000Z');
    const atOnce = await call(ctx, rotate, { ...at(id), body: { overlap_hours: 0 } });
    expect(atOnce.body['previous_valid_until']).toBeNull();
  });
});

describe('another organization, or a credential of other sites', () => {
  const strangers = {
    tenantId: 'other',
    actor: { kind: 'api_key', id: 'key_site', scopes: ['*'], siteIds: ['BLR-IND'] },
  } as const;
  test.each([
    ['another organization', { tenantId: strangers.tenantId }],
    ['a credential of one site', { actor: strangers.actor }],
  ])('finds nothing: %s', async (_, who) => {
    const ctx = testContext();
    const id = await made(ctx);
    const stranger = ctx.as(who);
    expect((await call(stranger, get, at(id))).status).toBe(404);
    expect((await call(stranger, update, { ...at(id), body: {} })).status).toBe(404);
    expect((await call(stranger, remove, at(id))).status).toBe(404);
    expect((await call(stranger, list)).body['webhook_endpoints']).toEqual([]);
    expect((await call(ctx, get, at(id))).status).toBe(200);
  });
});

describe('deleteWebhookEndpoint', () => {
  test('leaves nothing to be found', async () => {
    const ctx = testContext();
    const id = await made(ctx);
    expect((await call(ctx, remove, at(id))).status).toBe(204);
    expect((await call(ctx, get, at(id))).status).toBe(404);
    expect((await call(ctx, remove, at(id))).status).toBe(404);
  });
});
