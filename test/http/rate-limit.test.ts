import { describe, test } from 'vitest';
import { takeRequest } from '#shared/http/rate-limit.ts';
import { aRead } from '#test/http/an-endpoint.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';

const read = { params: { thing_id: 'th_1' } };
// The clock of a test begins at 04:30:00.000, which is where a window begins.

async function take(ctx: TestContext, times: number, credential = 'key_a'): Promise<number> {
  let allowed = 0;
  for (let n = 0; n < times; n++) if ((await takeRequest(ctx, credential)).allowed) allowed++;
  return allowed;
}

describe('the limit of 1,000 requests a minute', () => {
  test('lets exactly 1,000 through, whatever comes after', async ({ expect }) => {
    expect(await take(testContext(), 1_200)).toBe(1_000);
  });

  test('lets exactly 1,000 through when they all come at once', async ({ expect }) => {
    const ctx = testContext();
    const all = await Promise.all(Array.from({ length: 1_100 }, () => takeRequest(ctx, 'key_a')));
    expect(all.filter(({ allowed }) => allowed)).toHaveLength(1_000);
  });

  test('counts each credential by itself', async ({ expect }) => {
    const ctx = testContext();
    await take(ctx, 1_000, 'key_a');
    expect(await take(ctx, 1, 'key_a')).toBe(0);
    expect(await take(ctx, 1, 'key_b')).toBe(1);
  });

  test('slides: half a minute into the next window, half of the last one still counts', async ({
    expect,
  }) => {
    const ctx = testContext();
    await take(ctx, 1_000);
    ctx.tick(60_000);
    // 1000 - 1000 * 60/60 = 0
    expect(await take(ctx, 1)).toBe(0);
    ctx.tick(30_000);
    // 1000 - 1000 * 30/60 = 500
    expect(await take(ctx, 600)).toBe(500);
    ctx.tick(30_000);
    // The window of those 500 is now the last: 1000 - 500 * 60/60 = 500
    expect(await take(ctx, 600)).toBe(500);
  });

  test('is whole again after two quiet windows', async ({ expect }) => {
    const ctx = testContext();
    await take(ctx, 1_000);
    ctx.tick(120_000);
    expect(await take(ctx, 1_001)).toBe(1_000);
  });

  test('does not count what it refused', async ({ expect }) => {
    const ctx = testContext();
    await take(ctx, 5_000);
    ctx.tick(90_000);
    // 1000 - 1000 * 30/60: as if the 4,000 had never come
    expect(await take(ctx, 600)).toBe(500);
  });
});

describe('what it tells', () => {
  test('is the quota, what is left and for how long', async ({ expect }) => {
    const ctx = testContext();
    ctx.tick(29_000);
    const { headers } = await call(ctx, aRead(), read);
    expect(headers).toMatchObject({
      'RateLimit-Policy': '"default";q=1000;w=60',
      RateLimit: '"default";r=999;t=31',
      'X-RateLimit-Limit': '1000',
      'X-RateLimit-Remaining': '999',
      // 2026-06-01T04:31:00Z
      'X-RateLimit-Reset': '1780288260',
    });
  });

  test('is a problem with the wait after which the next request does go through', async ({
    expect,
  }) => {
    const ctx = testContext();
    ctx.tick(10_000);
    await take(ctx, 1_000, 'key_test');
    const refused = await call(ctx, aRead(), read);
    expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited', retryable: true } });
    // 50 s to the window's end, and 60 ms until one of the 1,000 has slid out.
    expect(refused.headers).toMatchObject({
      'Retry-After': '51',
      RateLimit: '"default";r=0;t=50',
    });
    ctx.tick(50_000);
    expect((await call(ctx, aRead(), read)).status).toBe(429);
    ctx.tick(1_000);
    expect((await call(ctx, aRead(), read)).status).toBe(200);
  });

  test('is a wait within the window while the last one slides out', async ({ expect }) => {
    const ctx = testContext();
    await take(ctx, 1_000);
    ctx.tick(66_000);
    // 1000 - 1000 * 54/60 = 100 are free; the 101st is at 1000 - 1000 * (60 - t)/60 >= 101: t = 6.06 s
    await take(ctx, 100);
    const refused = await takeRequest(ctx, 'key_a');
    expect(refused).toMatchObject({ allowed: false, remaining: 0, retryAfter: 1 });
    ctx.tick(1_000);
    expect((await takeRequest(ctx, 'key_a')).allowed).toBe(true);
  });

  test('is told with a refused scope too, which counts like any request', async ({ expect }) => {
    const ctx = testContext({ actor: { kind: 'api_key', id: 'key_b', scopes: [] } });
    const refused = await call(ctx, aRead(), read);
    expect([refused.status, refused.headers['X-RateLimit-Remaining']]).toEqual([403, '999']);
  });
});

test('a public endpoint is never limited', async ({ expect }) => {
  const ctx = testContext();
  await take(ctx, 1_000, 'key_test');
  const reply = await call(ctx, aRead(undefined, { scope: 'public' }), read);
  expect(reply.status).toBe(200);
  expect(reply.headers).not.toHaveProperty('RateLimit');
});
