import { describe, test } from 'vitest';
import { endpoint as listApiKeys } from '#functions/api/organization/list-api-keys.ts';
import { handler as authorizeRequest } from '#functions/auth/authorize-request.ts';
import {
  aKeyWorld,
  askForKey,
  backend,
  createKey,
  HOUR,
  idsIn,
  idsOfKeys,
  keyHolder,
  listKeys,
  revokeKey,
} from '#test/support/api-keys.ts';
import { call } from '#test/support/call.ts';
import { anAuthorizerEvent } from '#test/support/gateway-event.ts';
import { useTestRuntime } from '#test/support/runtime.ts';

describe('listApiKeys', () => {
  test('goes through all of them, the newest first, page by page', async ({ expect }) => {
    const { ctx, first } = await aKeyWorld();
    const made = [first];
    for (let n = 0; n < 4; n++) {
      ctx.tick(1000);
      made.unshift((await createKey(ctx, backend)).id);
    }
    const page = (query: object) => call(ctx, listApiKeys, { query: { limit: 2, ...query } });
    const one = await page({});
    expect(one.body).toMatchObject({ total: 5 });
    const two = await page({ cursor: one.body['next_cursor'] });
    const three = await page({ cursor: two.body['next_cursor'] });
    const ids = [one, two, three].flatMap(({ body }) => idsIn(body));
    expect(ids).toEqual(made);
    expect(three.body['next_cursor']).toBe(null);
  });

  test('forgets a key 90 days after its end', async ({ expect }) => {
    const { ctx, first } = await aKeyWorld();
    const { id } = await createKey(ctx, backend);
    await revokeKey(ctx, id);
    ctx.tick(90 * 24 * HOUR - 1000);
    expect(await idsOfKeys(ctx)).toEqual([id, first]);
    ctx.tick(2000);
    expect(await idsOfKeys(ctx)).toEqual([first]);
  });

  test('is not for a key that may not see them', async ({ expect }) => {
    const { ctx } = await aKeyWorld();
    const driver = ctx.as({ actor: keyHolder({ scopes: ['sessions:read'] }) });
    expect((await call(driver, listApiKeys)).status).toBe(403);
    expect((await askForKey(driver, backend)).status).toBe(403);
  });

  test('shows when a key was last used', async ({ expect }) => {
    const { ctx, first, firstSecret } = await aKeyWorld();
    useTestRuntime(ctx);
    await authorizeRequest(anAuthorizerEvent({ Authorization: `Bearer ${firstSecret}` }));
    expect(await listKeys(ctx)).toMatchObject({
      api_keys: [{ id: first, last_used_at: '2026-06-01T04:30:00.000Z', resource_version: 1 }],
    });
  });
});
