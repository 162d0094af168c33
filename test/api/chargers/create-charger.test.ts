import { describe, test } from 'vitest';
import { endpoint } from '#functions/api/chargers/create-charger.ts';
import { endpoint as remove } from '#functions/api/chargers/delete-charger.ts';
import { endpoint as getCharger } from '#functions/api/chargers/get-charger.ts';
import { endpoint as listUnclaimed } from '#functions/api/chargers/list-unclaimed-chargers.ts';
import { admitCharger } from '#shared/chargers/admit-charger.ts';
import { createSite } from '#shared/sites/manage-sites.ts';
import { NewSite } from '#shared/sites/site.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { keyOfSites } from '#test/support/fake-charger.ts';
import { recordedEvents } from '#test/support/outbox.ts';

const create = (ctx: TestContext, body: object, headers = {}) =>
  call(ctx, endpoint, { body, headers });
const knock = (ctx: TestContext, identity: string, password: unknown) =>
  admitCharger(ctx.as({ actor: { kind: 'anonymous' } }), {
    identity,
    credentials: { user: identity, password: Buffer.from(String(password)) },
    secure: true,
    certificate: undefined,
    remoteIp: null,
  });
const strict = { organization: { auto_register: false, allow_unsecured: false } };

describe('createCharger', () => {
  test('tells where to connect and the password, once', async ({ expect }) => {
    const ctx = testContext(strict);
    const { status, headers, body } = await create(ctx, { id: 'BLR-014' });
    expect([status, headers['Location']]).toEqual([201, '/v1/chargers/BLR-014']);
    expect(body).toMatchObject({
      id: 'BLR-014',
      status: 'pending',
      ocpp_url: 'wss://api.magma.test/ocpp/demo/BLR-014',
      ocpp_password: expect.stringMatching(/^[0-9a-f]{40}$/),
    });
    const read = await call(ctx, getCharger, { params: { charger_id: 'BLR-014' } });
    expect(read.text).not.toMatch(/password/);
    expect(await knock(ctx, 'BLR-014', body['ocpp_password'])).toMatchObject({ verdict: 'allow' });
    expect(await knock(ctx, 'BLR-014', 'guess')).toMatchObject({ verdict: 'unauthorized' });
  });

  test('keeps what it is told, and says so as charger.created', async ({ expect }) => {
    const ctx = testContext();
    await createSite(ctx, NewSite.parse({ id: 'BLR-IND', name: 'Mall' }));
    const body = {
      id: 'BLR-014',
      name: 'Bay 17',
      site_id: 'BLR-IND',
      model: 'MX-EV-22',
      connectors: [{ id: 2 }, { id: 1, type: 'Type2', power_kw: 22 }],
      labels: ['roof'],
      external_ref: 'asset-7',
      metadata: { bay: '17' },
    };
    await create(ctx, body);
    const read = await call(ctx, getCharger, { params: { charger_id: 'BLR-014' } });
    expect(read.body).toMatchObject({
      ...body,
      connectors: [
        { id: 1, type: 'Type2', power_kw: 22, status: 'Unavailable', status_stale: true },
        { id: 2, type: 'Unknown' },
      ],
    });
    const event = recordedEvents(ctx).find((e) => e.type === 'charger.created');
    expect(event).toMatchObject({ subject: 'BLR-014', object: read.body });
  });

  test('encodes an identity that needs it in the URL', async ({ expect }) => {
    const ctx = testContext();
    const { body } = await create(ctx, { id: 'BLR-014', ocpp_identity: 'CP 14|A' });
    expect(body['ocpp_url']).toBe('wss://api.magma.test/ocpp/demo/CP%2014%7CA');
  });

  test('claims an identity that was refused', async ({ expect }) => {
    const ctx = testContext(strict);
    expect(await knock(ctx, 'BLR-014', 'x')).toEqual({ verdict: 'not_found' });
    const waiting = await call(ctx, listUnclaimed);
    expect(waiting.body).toMatchObject({
      unclaimed_chargers: [{ identity: 'BLR-014', reason: 'not_registered', attempts: 1 }],
    });
    await create(ctx, { id: 'BLR-014' });
    expect((await call(ctx, listUnclaimed)).body).toMatchObject({ unclaimed_chargers: [] });
  });

  test('gives a repeat under the same key the same password', async ({ expect }) => {
    const ctx = testContext();
    const key = { 'idempotency-key': 'k1' };
    const first = await create(ctx, { id: 'BLR-014' }, key);
    const second = await create(ctx, { id: 'BLR-014' }, key);
    expect(second.body).toEqual(first.body);
  });
});

describe('createCharger refuses', () => {
  test('an id or identity that is taken, retired chargers included', async ({ expect }) => {
    const ctx = testContext();
    await create(ctx, { id: 'BLR-014' });
    const again = await create(ctx, { id: 'BLR-014' });
    expect([again.status, again.body]).toMatchObject([
      409,
      { code: 'conflict', errors: [{ field: 'id', code: 'taken' }] },
    ]);
    const identity = await create(ctx, { id: 'BLR-099', ocpp_identity: 'BLR-014' });
    expect([identity.status, identity.body]).toMatchObject([
      409,
      {
        detail: expect.stringContaining('identity BLR-014'),
        errors: [{ field: 'ocpp_identity', code: 'taken' }],
      },
    ]);
    await call(ctx, remove, { params: { charger_id: 'BLR-014' } });
    expect((await create(ctx, { id: 'BLR-014' })).status).toBe(409);
    expect((await create(ctx, { id: 'BLR-099', ocpp_identity: 'BLR-014' })).status).toBe(201);
  });

  test('a site that is not there, or of another organization', async ({ expect }) => {
    const ctx = testContext();
    await createSite(ctx.as({ tenantId: 'other' }), NewSite.parse({ id: 'BLR-IND', name: 'M' }));
    const { status, body } = await create(ctx, { id: 'BLR-014', site_id: 'BLR-IND' });
    expect(status).toBe(422);
    expect(body).toMatchObject({ errors: [{ field: 'site_id', code: 'not_found' }] });
  });

  test('a charger that the key could not see afterwards', async ({ expect }) => {
    const ctx = testContext();
    await createSite(ctx, NewSite.parse({ id: 'BLR-IND', name: 'Mall' }));
    const key = ctx.as(keyOfSites('BLR-IND'));
    const { status, body } = await create(key, { id: 'BLR-014' });
    expect([status, body['code']]).toEqual([403, 'site_restricted']);
    expect((await create(key, { id: 'BLR-014', site_id: 'BLR-IND' })).status).toBe(201);
  });

  test('to leave out the password where chargers need one', async ({ expect }) => {
    const body = { id: 'BLR-014', security_profile: 0 };
    const refused = await create(testContext(strict), body);
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ errors: [{ field: 'security_profile' }] });
    const allowed = await create(testContext(), body);
    expect(allowed.body).toMatchObject({ ocpp_password: null, security_profile: 0 });
  });

  test.for([
    [{ id: '' }, 'id'],
    [{ id: '../x' }, 'id'],
    [{ id: 'A'.repeat(49) }, 'id'],
    [{}, 'id'],
    [{ id: 'A-1', connectors: [{ id: 1 }, { id: 1 }] }, 'connectors'],
    [{ id: 'A-1', connectors: [{ id: 0 }] }, 'connectors.0.id'],
    [{ id: 'A-1', metadata: { a: 1 } }, 'metadata.a'],
  ] as const)('%j', async ([body, field], { expect }) => {
    const { status, body: problem } = await create(testContext(), body);
    expect([status, problem['code']]).toEqual([422, 'validation_failed']);
    expect(problem).toMatchObject({ errors: [{ field }] });
  });
});
