import { describe, test } from 'vitest';
import { endpoint } from '#functions/api/sessions/start-session.ts';
import { reportOwnStatus } from '#shared/chargers/report-own-status.ts';
import { createSite } from '#shared/sites/manage-sites.ts';
import { NewSite } from '#shared/sites/site.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { aCharger, anOnlineCharger, keyOfSites } from '#test/support/fake-charger.ts';

const body = { charger_id: 'BLR-014', connector: 1, auth_method: 'api' };
const start = (ctx: TestContext, more: object = {}, headers = {}) =>
  call(ctx, endpoint, { body: { ...body, ...more }, headers });

describe('startSession refuses', () => {
  const refusal = async (ctx: TestContext, more: object = {}) => {
    const { status, body: problem } = await start(ctx, more);
    return [status, problem['code']];
  };

  test('a charger that is not there', async ({ expect }) => {
    expect(await refusal(testContext())).toEqual([404, 'not_found']);
  });

  test("another organization's charger, as if it were not there", async ({ expect }) => {
    const ctx = testContext();
    await anOnlineCharger(ctx);
    expect(await refusal(ctx.as({ tenantId: 'other' }))).toEqual([404, 'not_found']);
  });

  test('a charger at a site that the key is not for', async ({ expect }) => {
    const ctx = testContext();
    await createSite(ctx, NewSite.parse({ id: 'BLR-IND', name: 'Mall' }));
    await anOnlineCharger(ctx, 'BLR-014', { site_id: 'BLR-IND' });
    expect(await refusal(ctx.as(keyOfSites('BLR-KOR')))).toEqual([404, 'not_found']);
    expect((await start(ctx.as(keyOfSites('BLR-IND')))).status).toBe(201);
  });

  test('a charger that is offline', async ({ expect }) => {
    const ctx = testContext();
    await aCharger(ctx);
    expect(await refusal(ctx)).toEqual([409, 'charger_offline']);
  });

  test.for(['vehicle_id', 'token_id', 'payment_intent_id', 'quote_id', 'charging_preferences'])(
    '%s, which it would have to ignore',
    async (field, { expect }) => {
      const ctx = testContext();
      await anOnlineCharger(ctx);
      const { status, body: problem } = await start(ctx, { [field]: 'x_1' });
      expect(status).toBe(422);
      expect(problem).toMatchObject({ errors: [{ field, code: 'not_supported' }] });
      expect((await start(ctx, { [field]: null })).status).toBe(201);
    },
  );

  test('a connector with an open session, and says which', async ({ expect }) => {
    const ctx = testContext();
    await anOnlineCharger(ctx);
    const { body: open } = await start(ctx);
    const { status, body: problem } = await start(ctx);
    expect(status).toBe(409);
    expect(problem).toMatchObject({
      code: 'connector_in_use',
      detail: 'BLR-014 connector 1 has an open session.',
      errors: [
        { field: 'connector', code: 'in_use', message: `Open session ${open['session_id']}` },
      ],
      retryable: false,
    });
  });

  test('the second of two starts at the same moment', async ({ expect }) => {
    const ctx = testContext();
    await anOnlineCharger(ctx);
    const replies = await Promise.all([start(ctx), start(ctx)]);
    expect(replies.map((r) => r.status).sort()).toEqual([201, 409]);
  });

  test.for([
    ['Unavailable', 'connector_unavailable'],
    ['Finishing', 'connector_unavailable'],
    ['Faulted', 'connector_faulted'],
  ])('a connector that is %s', async ([status, code], { expect }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    await charger.say('StatusNotification', { connectorId: 1, errorCode: 'NoError', status });
    expect(await refusal(ctx)).toEqual([409, code]);
  });

  test('a charger that is faulted as a whole', async ({ expect }) => {
    const ctx = testContext();
    await anOnlineCharger(ctx);
    await reportOwnStatus(ctx, 'BLR-014', 'faulted');
    expect(await refusal(ctx)).toEqual([409, 'connector_faulted']);
  });

  test('a connector that the charger does not have', async ({ expect }) => {
    const ctx = testContext();
    await anOnlineCharger(ctx);
    const { status, body: problem } = await start(ctx, { connector: 3 });
    expect(status).toBe(422);
    expect(problem).toMatchObject({ errors: [{ field: 'connector', code: 'not_found' }] });
  });

  test('to choose between two connectors', async ({ expect }) => {
    const ctx = testContext();
    await anOnlineCharger(ctx, 'BLR-012', { connectors: [{ id: 1 }, { id: 2 }] });
    const { body: problem } = await start(ctx, { charger_id: 'BLR-012', connector: undefined });
    expect(problem).toMatchObject({ errors: [{ field: 'connector', code: 'required' }] });
  });

  test('a price of its own to a key that may not set prices', async ({ expect }) => {
    const ctx = testContext();
    await anOnlineCharger(ctx);
    const scopes = ['sessions:write'];
    const key = ctx.as({ actor: { kind: 'api_key', id: 'key_2', scopes } });
    const free = { tariff_override: { type: 'free', duration_minutes: 30 } };
    expect(await refusal(key, free)).toEqual([403, 'tariff_override_not_allowed']);
    expect((await start(key)).status).toBe(201);
  });

  test('an unknown field in a price, since a typing error would cost money', async ({ expect }) => {
    const ctx = testContext();
    await anOnlineCharger(ctx);
    const { status, body: problem } = await start(ctx, {
      tariff_override: { type: 'free', duration: 30 },
    });
    expect(status).toBe(422);
    expect(problem).toMatchObject({
      errors: [{ field: 'tariff_override.duration', code: 'unknown_field' }],
    });
  });
});
