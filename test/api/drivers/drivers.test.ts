import { describe, expect, test } from 'vitest';
import { endpoint as createDriver } from '#functions/api/drivers/create-driver.ts';
import { endpoint as getDriver } from '#functions/api/drivers/get-driver.ts';
import { endpoint as listDrivers } from '#functions/api/drivers/list-drivers.ts';
import { endpoint as updateDriver } from '#functions/api/drivers/update-driver.ts';
import { aDriver, tokenOf } from '#test/support/a-driver.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { recordedEvents } from '#test/support/outbox.ts';

const asha = { name: 'Asha Rao', email: 'asha@example.com', phone: '+919845012345' };
const change = (ctx: TestContext, driver_id: string, body: object, headers = {}) =>
  call(ctx, updateDriver, { params: { driver_id }, body, headers });
const idsOf = async (ctx: TestContext, query: object) => {
  const { body } = await call(ctx, listDrivers, { query: { ...query } });
  return Array.isArray(body['drivers']) ? body['drivers'].map(({ id }) => id) : [];
};

describe('a driver', () => {
  test('is created, read back, and told of without the whole of email and phone', async () => {
    const ctx = testContext();
    const made = await call(ctx, createDriver, { body: { ...asha, email: ' Asha@Example.com ' } });
    expect(made).toMatchObject({
      status: 201,
      headers: { Location: `/v1/drivers/${made.body['id']}` },
      body: { ...asha, id: expect.stringMatching(/^drv_/), status: 'active', resource_version: 1 },
    });
    const params = { driver_id: made.body['id'] };
    expect((await call(ctx, getDriver, { params })).body).toEqual(made.body);
    expect(recordedEvents(ctx)).toMatchObject([
      {
        type: 'driver.created',
        scope: { driver_id: made.body['id'] },
        object: { email: 'a•••@e•••.com', phone: '•••••••••2345' },
      },
    ]);
    expect(JSON.stringify(recordedEvents(ctx))).not.toMatch(/asha@|98450/);
  });

  test.each(['asha@example.com', 'ASHA@example.COM', ' asha@Example.com'])(
    'has its email alone, spelled %j too',
    async (email) => {
      const ctx = testContext();
      await aDriver(ctx, asha);
      const reply = await call(ctx, createDriver, { body: { email } });
      expect(reply).toMatchObject({ status: 409, body: { errors: [{ field: 'email' }] } });
      const other = await aDriver(ctx, { email: 'b@example.com' });
      expect(await change(ctx, other.id, { email })).toMatchObject({ status: 409 });
      expect(
        (await call(ctx.as({ tenantId: 'else' }), createDriver, { body: { email } })).status,
      ).toBe(201);
    },
  );

  test('gives its email free with another, or none', async () => {
    const ctx = testContext();
    const { id } = await aDriver(ctx, asha);
    expect((await change(ctx, id, { email: 'new@example.com' })).status).toBe(200);
    const next = await aDriver(ctx, { email: asha.email });
    expect(await idsOf(ctx, { email: 'NEW@example.com' })).toEqual([id]);
    expect((await change(ctx, next.id, { email: null })).body).toMatchObject({ email: null });
    expect(await idsOf(ctx, { email: asha.email })).toEqual([]);
  });

  test('is made once by two who create the same email at one moment', async () => {
    const ctx = testContext();
    const replies = await Promise.all([1, 2].map(() => call(ctx, createDriver, { body: asha })));
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await call(ctx, listDrivers)).body).toMatchObject({ total: 1 });
  });

  test.each([{ email: 'no email' }, { phone: '9845012345' }, { status: 'erased' }, { name: '' }])(
    'is refused with %j',
    async (body) => {
      const reply = await call(testContext(), createDriver, { body });
      expect(reply).toMatchObject({ status: 422, body: { code: 'validation_failed' } });
    },
  );

  test('is found by email, phone, label, reference and status', async () => {
    const ctx = testContext();
    const { id } = await aDriver(ctx, { ...asha, labels: ['staff'], external_ref: 'c-1' });
    await aDriver(ctx, { email: 'b@example.com', labels: ['guest'] });
    const filters = [
      ...[{ email: 'Asha@example.com' }, { phone: asha.phone }, { label: 'staff' }],
      ...[{ external_ref: 'c-1' }, { ids: id }, { label: 'staff', status: 'active' }],
    ];
    for (const filter of filters) expect(await idsOf(ctx, filter)).toEqual([id]);
    expect(await idsOf(ctx, { label: 'staff', status: 'blocked' })).toEqual([]);
    expect(await idsOf(ctx, { phone: asha.phone, label: 'guest' })).toEqual([]);
  });

  test('shows email and phone masked to who may read drivers alone, and cannot be saved so', async () => {
    const ctx = testContext();
    const { id } = await aDriver(ctx, asha);
    const reader = ctx.as({ actor: { kind: 'api_key', id: 'key_r', scopes: ['drivers:read'] } });
    const masked = { email: 'a•••@e•••.com', phone: '•••••••••2345' };
    const params = { driver_id: id };
    expect((await call(reader, getDriver, { params })).body).toMatchObject(masked);
    const { body } = await call(reader, listDrivers, { query: { email: asha.email } });
    expect(body).toMatchObject({ drivers: [masked] });
    expect((await change(ctx, id, masked)).status).toBe(422);
  });

  test('is changed for who has read it last', async () => {
    const ctx = testContext();
    const { id } = await aDriver(ctx, asha);
    expect((await change(ctx, id, { labels: ['staff'] }, { 'if-match': '"1"' })).status).toBe(200);
    expect((await change(ctx, id, { name: 'A' }, { 'if-match': '"1"' })).status).toBe(412);
    expect(await change(ctx, id, { labels: ['staff'] })).toMatchObject({
      status: 200,
      body: { resource_version: 2 },
    });
    expect(recordedEvents(ctx).at(-1)).toMatchObject({
      type: 'driver.updated',
      previous: { labels: [] },
    });
  });
});

describe('a driver with a token', () => {
  test('is `me`, sees the own record whole, and changes name and phone', async () => {
    const ctx = testContext();
    const driver = await aDriver(ctx, asha);
    const own = ctx.as(tokenOf(driver));
    const params = { driver_id: 'me' };
    expect((await call(own, getDriver, { params })).body).toMatchObject({ ...asha, id: driver.id });
    const reply = await change(own, 'me', { name: 'Asha', phone: null });
    expect(reply).toMatchObject({ status: 200, body: { name: 'Asha', phone: null } });
    expect((await call(ctx, getDriver, { params })).status).toBe(404);
  });

  test.each([
    { email: 'other@example.com' },
    { status: 'active' },
    { labels: ['staff'] },
    { external_ref: 'c-2' },
    { metadata: { a: 'b' } },
  ])('does not change %j', async (body) => {
    const ctx = testContext();
    const driver = await aDriver(ctx, asha);
    const reply = await change(ctx.as(tokenOf(driver)), 'me', { name: 'X', ...body });
    const [field] = Object.keys(body);
    expect(reply).toMatchObject({
      status: 403,
      body: { code: 'insufficient_scope', errors: [{ field, code: 'not_allowed' }] },
    });
    const params = { driver_id: driver.id };
    expect((await call(ctx, getDriver, { params })).body).toMatchObject({ name: asha.name });
  });

  test('is told of another driver as of none', async () => {
    const ctx = testContext();
    const driver = await aDriver(ctx, asha);
    const other = await aDriver(ctx, { email: 'b@example.com' });
    const own = ctx.as(tokenOf(driver));
    for (const driver_id of [other.id, 'drv_none'])
      for (const ask of [
        call(own, getDriver, { params: { driver_id } }),
        change(own, driver_id, {}),
      ])
        expect(await ask).toMatchObject({ status: 404, body: { detail: 'Driver not found.' } });
  });
});
