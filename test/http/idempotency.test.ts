import { describe, test } from 'vitest';
import { AppError } from '#shared/core/errors.ts';
import { keys } from '#shared/db/keys.ts';
import { aRead, aWrite } from '#test/http/an-endpoint.ts';
import { counting, KEY, send } from '#test/http/repeats.ts';
import { call } from '#test/support/call.ts';
import { testContext } from '#test/support/context.ts';

const HOUR = 3_600_000;
const row = keys.idempotency('demo', 'key_test', KEY);

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
