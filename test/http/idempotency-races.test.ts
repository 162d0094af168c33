import { describe, test } from 'vitest';
import { counting, send } from '#test/http/repeats.ts';
import { type TestContext, testContext } from '#test/support/context.ts';

describe('two at once', () => {
  test('run once: the second is told to come back', async ({ expect }) => {
    const ctx = testContext();
    const gate = Promise.withResolvers<void>();
    const { endpoint, runs } = counting(() => gate.promise);
    const first = send(ctx, endpoint);
    const second = await send(ctx, endpoint);
    expect(second).toMatchObject({
      status: 409,
      body: { code: 'request_in_progress', retryable: true },
    });
    expect(Number(second.headers['Retry-After'])).toBeGreaterThan(0);
    gate.resolve();
    expect((await first).status).toBe(201);
    expect((await send(ctx, endpoint)).headers['Idempotency-Replayed']).toBe('true');
    expect(runs.n).toBe(1);
  });

  test('run once however many they are', async ({ expect }) => {
    const ctx = testContext();
    const { endpoint, runs } = counting();
    const replies = await Promise.all(Array.from({ length: 50 }, () => send(ctx, endpoint)));
    expect(runs.n).toBe(1);
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([201, 409]));
  });
});

describe('a first attempt that died', () => {
  /** Sends one that hangs, and answers once it does; `free` lets it go on. */
  async function hanging(ctx: TestContext) {
    const begun = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const { endpoint } = counting(() => {
      begun.resolve();
      return gate.promise;
    });
    const reply = send(ctx, endpoint);
    await begun.promise;
    return { reply, free: gate.resolve };
  }

  test('keeps the key for a minute, then one repeat runs', async ({ expect }) => {
    const ctx = testContext();
    await hanging(ctx);
    const { endpoint, runs } = counting();
    ctx.tick(59_000);
    expect((await send(ctx, endpoint)).status).toBe(409);
    ctx.tick(2_000);
    const replies = await Promise.all([send(ctx, endpoint), send(ctx, endpoint)]);
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(runs.n).toBe(1);
  });

  test('and comes back to life does not overwrite the answer of the other', async ({ expect }) => {
    const ctx = testContext();
    const first = await hanging(ctx);
    ctx.tick(61_000);
    const { endpoint } = counting();
    const second = await send(ctx, endpoint, 'One');
    expect(second.status).toBe(201);
    first.free();
    expect((await first.reply).status).toBe(201);
    expect((await send(ctx, endpoint)).text).toBe(second.text);
    expect(ctx.logs).toMatchObject([{ level: 'warn' }]);
  });
});
