import { describe, test } from 'vitest';
import { endpoint } from '#functions/api/meta/get-health.ts';
import { call } from '#test/support/call.ts';
import { testContext } from '#test/support/context.ts';

const stranger = { actor: { kind: 'anonymous' } } as const;

describe('getHealth', () => {
  test('tells anybody that everything works', async ({ expect }) => {
    const reply = await call(testContext(stranger), endpoint);
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({
      status: 'ok',
      checked_at: '2026-06-01T04:30:00.000Z',
      components: [{ name: 'storage', status: 'ok' }],
    });
  });

  test('says which part does not work, with a status that takes us out of service', async ({
    expect,
  }) => {
    const ctx = testContext(stranger);
    ctx.table.close();
    const reply = await call(ctx, endpoint);
    expect(reply).toMatchObject({
      status: 503,
      body: { status: 'degraded', components: [{ name: 'storage', status: 'down' }] },
    });
  });

  test('is never limited', async ({ expect }) => {
    const ctx = testContext(stranger);
    const replies = await Promise.all(Array.from({ length: 1_100 }, () => call(ctx, endpoint)));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
  });
});
