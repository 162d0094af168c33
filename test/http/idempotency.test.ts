import { describe, test } from 'vitest';
import { AppError } from '#shared/core/errors.ts';
import { keys } from '#shared/db/keys.ts';
import type { Endpoint } from '#shared/http/endpoint.ts';
import { aRead, aWrite } from '#test/http/an-endpoint.ts';
import { call } from '#test/support/call.ts';
import { testContext } from '#test/support/context.ts';

const HOUR = 3_600_000;
const KEY = 'order-8841';
const row = keys.idempotency('demo', 'key_test', KEY);

/** An endpoint that counts its runs, and names what it makes after them. */
function counting(work: () => Promise<void> = async () => {}) {
  const runs = { n: 0 };
  const endpoint = aWrite(async ({ body }) => {
    runs.n += 1;
    await work();
    return { id: `th_${runs.n}`, name: body.name, resource_version: 1 };
  });
  return { endpoint, runs };
}
const send = (ctx: ReturnType<typeof testContext>, endpoint: Endpoint, name = 'One', key = KEY) =>
  call(ctx, endpoint, { body: { name }, headers: { 'idempotency-key': key } });

describe('a repeat with the same Idempotency-Key', () => {
  test('gets the first answer and does nothing', async ({ expect }) => {
    const ctx = testContext();
    const { endpoint, runs } = counting();
    const first = await send(ctx, endpoint);
    const again = await send(ctx, endpoint);
    expect(runs.n).toBe(1);
    expect([again.status, again.text]).toEqual([201, first.text]);
    expect(again.headers).toMatchObject({
      'Idempotency-Replayed': 'true',
      Location: '/v1/things/th_1',
      ETag: '"1"',
      'RateLimit-Policy': '"default";q=1000;w=60',
    });
    expect(first.headers).not.toHaveProperty('Idempotency-Replayed');
  });

  test('is refused when it asks for something else', async ({ expect }) => {
    const ctx = testContext();
    const { endpoint, runs } = counting();
    await send(ctx, endpoint, 'One');
    const other = await send(ctx, endpoint, 'Two');
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
    const { route: _, ...rest } = endpoint;
    const elsewhere = await send(ctx, { ...rest, route: 'POST /v1/others' }, 'One');
    expect(elsewhere).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
    expect(runs.n).toBe(1);
  });

  test('counts for its own credential and organization only', async ({ expect }) => {
    const ctx = testContext();
    const { endpoint, runs } = counting();
    await send(ctx, endpoint);
    await send(ctx.as({ actor: { kind: 'api_key', id: 'key_2', scopes: ['*'] } }), endpoint);
    await send(ctx.as({ tenantId: 'other' }), endpoint);
    expect(runs.n).toBe(3);
  });

  test('runs again after 24 hours', async ({ expect }) => {
    const ctx = testContext();
    const { endpoint, runs } = counting();
    await send(ctx, endpoint);
    ctx.tick(24 * HOUR - 1_000);
    await send(ctx, endpoint);
    expect(runs.n).toBe(1);
    ctx.tick(2_000);
    await send(ctx, endpoint);
    expect(runs.n).toBe(2);
  });

  test('gets the same refusal again, as long as it is final', async ({ expect }) => {
    const ctx = testContext();
    const { endpoint, runs } = counting(async () => {
      throw new AppError('conflict', 'Taken.');
    });
    await send(ctx, endpoint);
    const again = await send(ctx, endpoint);
    expect(again).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect(again.headers['Idempotency-Replayed']).toBe('true');
    expect(runs.n).toBe(1);
  });

  test.for([
    ['a failure of ours', new Error('no')],
    ['a charger that is offline', new AppError('charger_offline', 'Offline.')],
  ] as const)('runs again after %s', async ([, error], { expect }) => {
    const ctx = testContext();
    let broken = true;
    const { endpoint, runs } = counting(async () => {
      if (broken) throw error;
    });
    await send(ctx, endpoint);
    broken = false;
    expect((await send(ctx, endpoint)).status).toBe(201);
    expect(runs.n).toBe(2);
  });

  test('may be corrected when the body was wrong', async ({ expect }) => {
    const ctx = testContext();
    const { endpoint } = counting();
    expect((await send(ctx, endpoint, '')).status).toBe(422);
    expect((await send(ctx, endpoint, 'One')).status).toBe(201);
  });

  test('is not answered out of a row that was tampered with', async ({ expect }) => {
    const ctx = testContext();
    const { endpoint, runs } = counting();
    await send(ctx, endpoint);
    await ctx.table.write([{ op: 'update', key: row, set: { answer: 'x'.repeat(60) } }]);
    expect(await send(ctx, endpoint)).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect(runs.n).toBe(1);
  });
});

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
  async function hanging(ctx: ReturnType<typeof testContext>) {
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

test('an answer that is too long to keep is neither kept nor run again', async ({ expect }) => {
  const ctx = testContext();
  let runs = 0;
  const endpoint = aWrite(async () => {
    runs += 1;
    return { id: 'x'.repeat(400_000), name: 'One', resource_version: 1 };
  });
  expect((await send(ctx, endpoint)).status).toBe(201);
  expect(await send(ctx, endpoint)).toMatchObject({ status: 409, body: { code: 'conflict' } });
  expect(runs).toBe(1);
});

test('what is kept cannot be read in the table', async ({ expect }) => {
  const ctx = testContext();
  const endpoint = aWrite(async () => ({ id: 'whsec_1', name: 'One', resource_version: 1 }));
  await send(ctx, endpoint);
  expect(JSON.stringify(await ctx.table.get(row))).not.toContain('whsec_1');
});

describe('the key', () => {
  test.for([
    ['nothing', ''],
    ['256 characters', 'x'.repeat(256)],
    ['a line break', 'a\nb'],
  ] as const)('may not be %s', async ([, key], { expect }) => {
    const reply = await send(testContext(), aWrite(), 'One', key);
    expect(reply).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', errors: [{ field: 'Idempotency-Key' }] },
    });
  });

  test('must be there where money moves', async ({ expect }) => {
    const endpoint = aWrite(undefined, { idempotencyKeyRequired: true });
    const reply = await call(testContext(), endpoint, { body: { name: 'One' } });
    expect(reply).toMatchObject({ status: 400, body: { code: 'idempotency_key_missing' } });
    expect((await send(testContext(), endpoint)).status).toBe(201);
  });

  test('is told to the use case, and means nothing on a read', async ({ expect }) => {
    const ctx = testContext();
    const causes: (string | null)[] = [];
    const endpoint = aRead(async (_, { cause }) => {
      causes.push(cause.idempotency_key);
      return { id: 'th_1', name: 'Thing', resource_version: 1 };
    });
    const input = { params: { thing_id: 'th_1' }, headers: { 'idempotency-key': KEY } };
    await call(ctx, endpoint, input);
    await call(ctx, endpoint, input);
    expect(causes).toEqual([KEY, KEY]);
    expect(await ctx.table.get(row)).toBeUndefined();
  });
});
