import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { contextOf } from '#shared/aws/runtime.ts';
import { encodeCursor } from '#shared/core/paging.ts';
import { ApiClient } from '#test/support/api-client.ts';
import { prepareData } from '#test/support/prepared-data.ts';
import { aSandboxHost } from '#test/support/sandbox-host.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

interface Attack {
  readonly what: string;
  readonly call: readonly [method: string, path: string, body?: unknown];
  readonly headers?: Readonly<Record<string, string>>;
  readonly answer: readonly [status: number, code: string];
}

const MB = 1024 * 1024;
const sessions = '/v1/sessions';
const chargers = '/v1/chargers';
const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
const unreadable = [400, 'invalid_request'] as const;
const unacceptable = [422, 'validation_failed'] as const;
const nothing = [404, 'not_found'] as const;
const tooLarge = [413, 'payload_too_large'] as const;

const attacks: Attack[] = [
  { what: 'malformed JSON', call: ['POST', sessions, '{"charger_id":'], answer: unreadable },
  { what: 'no body', call: ['POST', sessions], answer: unacceptable },
  { what: 'a list for an object', call: ['POST', sessions, []], answer: unacceptable },
  {
    what: 'a number for a text',
    call: ['POST', sessions, { charger_id: 7 }],
    answer: unacceptable,
  },
  { what: 'JSON nested without end', call: ['POST', sessions, deep], answer: unacceptable },
  {
    what: 'null for an object',
    call: ['PATCH', '/v1/sites/BLR-IND', 'null'],
    answer: unacceptable,
  },
  {
    what: 'a body that is no JSON by its type',
    call: ['POST', sessions, 'charger_id=BLR-014'],
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    answer: [415, 'unsupported_media_type'],
  },
  { what: 'a body of 2 MB', call: ['POST', chargers, 'x'.repeat(2 * MB)], answer: tooLarge },
  { what: 'a body of 11 MB', call: ['POST', chargers, 'x'.repeat(11 * MB)], answer: tooLarge },
  {
    what: 'an unknown field where money is',
    call: ['PATCH', '/v1/tariffs/BLR-IND', { energy_rat: '1.0000' }],
    answer: unacceptable,
  },
  {
    what: 'a price that is a number',
    call: ['PATCH', '/v1/tariffs/BLR-IND', { energy_rate: 18 }],
    answer: unacceptable,
  },
  { what: 'an unknown path', call: ['GET', '/v1/nothing'], answer: nothing },
  { what: 'a path outside', call: ['GET', '/../../etc/passwd'], answer: nothing },
  { what: 'a path with a NUL', call: ['GET', '/v1/chargers/%00'], answer: nothing },
  { what: 'a path in broken encoding', call: ['GET', '/v1/chargers/%E0%A4'], answer: nothing },
  { what: 'an id with slashes', call: ['GET', '/v1/chargers/BLR-014%2Fstatus'], answer: nothing },
  { what: 'a method that is not there', call: ['PUT', chargers, {}], answer: nothing },
  { what: 'a limit of none', call: ['GET', '/v1/chargers?limit=0'], answer: unreadable },
  { what: 'a limit in words', call: ['GET', '/v1/sessions?limit=many'], answer: unreadable },
  { what: 'an invented cursor', call: ['GET', '/v1/chargers?cursor=AAAA'], answer: unreadable },
  {
    what: 'an idempotency key without end',
    call: ['POST', chargers, { id: 'A-1' }],
    headers: { 'Idempotency-Key': 'k'.repeat(256) },
    answer: unreadable,
  },
  {
    what: 'an id of another kind',
    call: ['GET', `/v1/sessions/key_${'0'.repeat(26)}`],
    answer: nothing,
  },
];

describe('the REST API under attack', () => {
  it('answers everything it cannot take with a problem that says why, and serves on', async () => {
    const { api } = await aSandboxHost();
    for (const { what, call, headers = {}, answer } of attacks) {
      const [method, path, body] = call;
      const [status, code] = answer;
      const refusal = await api.ask(method, path, { body, headers });
      expect(refusal, what).toMatchObject({
        status,
        body: { status, code, title: expect.any(String) },
      });
      expect(refusal.headers.get('content-type'), what).toContain('application/problem+json');
      expect(refusal.headers.get('x-request-id'), what).toBe(refusal.body['request_id']);
    }
    expect(await api.ask('GET', '/v1/chargers')).toMatchObject({ status: 200, body: { total: 5 } });
  });

  it('lets nobody in without a valid key', async () => {
    const { ready } = await aSandboxHost();
    const key = ready.api_key;
    const wrong = `${key.slice(0, -1)}${key.endsWith('5') ? '6' : '5'}`;
    for (const Authorization of ['', 'Bearer', `Bearer ${wrong}`, `Basic ${btoa(key)}`, key]) {
      const answer = await fetch(ready.api + chargers, { headers: { Authorization } });
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({ code: 'unauthenticated' });
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
    expect((await fetch(ready.api + chargers)).status).toBe(401);
  });

  it('ignores fields it does not know, those that poison prototypes too', async () => {
    const { api } = await aSandboxHost();
    const body =
      '{"id":"A-1","shiny":true,"__proto__":{"admin":true},"constructor":{"prototype":1}}';
    const { status, body: charger } = await api.ask('POST', chargers, { body });
    expect(status).toBe(201);
    expect(charger).not.toHaveProperty('shiny');
    expect(charger).not.toHaveProperty('admin');
  });
});

describe('a cursor', () => {
  it('is good for its list, its filters and its organization alone, and not after a bit was changed', async () => {
    const { api } = await aSandboxHost();
    const { next_cursor: cursor } = await api.get('/v1/chargers?limit=2', NextCursor);
    expect(await api.ask('GET', `/v1/chargers?limit=2&cursor=${cursor}`)).toMatchObject({
      status: 200,
    });
    const changed = `${cursor.slice(0, 20)}${cursor[20] === 'A' ? 'B' : 'A'}${cursor.slice(21)}`;
    for (const path of [
      `/v1/chargers?limit=2&cursor=${changed}`,
      `/v1/chargers?limit=2&cursor=${cursor}&site_id=BLR-IND`,
      `/v1/sessions?cursor=${cursor}`,
    ])
      expect(await api.ask('GET', path), path).toMatchObject({
        status: 400,
        body: { errors: [{ field: 'cursor', code: 'invalid_cursor' }] },
      });
  });

  it('is refused when it is older than a day', async () => {
    const dataDir = temporaryFolder();
    const dayAgo = new Date(Date.now() - 24 * 3_600_000 - 60_000);
    let cursor = '';
    await prepareData(dataDir, dayAgo, async (runtime) => {
      const cause = { ref: null, request_id: null, idempotency_key: null, actor: null };
      const ctx = contextOf(
        {
          tenantId: 'demo',
          livemode: false,
          actor: { kind: 'system' },
          cause: { ...cause, type: 'system' },
        },
        runtime,
      );
      cursor = await encodeCursor(ctx, '["chargers"]', 'somewhere');
    });
    const { api } = await aSandboxHost({ dataDir });
    expect(await api.ask('GET', `/v1/chargers?cursor=${cursor}`)).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'cursor', code: 'expired_cursor' }] },
    });
  });
});

describe('an idempotency key', () => {
  it('does a thing once, however often and however fast it is asked for, and never another thing', async () => {
    const { api, ready } = await aSandboxHost();
    const headers = { 'Idempotency-Key': 'order-8841' };
    const create = (id: string, client = api) =>
      client.ask('POST', chargers, { body: { id }, headers });
    const answers = await Promise.all(Array.from({ length: 8 }, () => create('ONCE-1')));
    const made = answers.filter(({ status }) => status === 201);
    expect(made.length).toBeGreaterThan(0);
    for (const { status, body } of answers) {
      if (status !== 201) expect(body).toMatchObject({ status: 409, code: 'request_in_progress' });
    }
    const again = await create('ONCE-1');
    expect(again.body).toEqual(made[0]?.body);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await create('OTHER-1')).toMatchObject({
      status: 422,
      body: { code: 'idempotency_key_reused' },
    });
    expect(await api.ask('GET', '/v1/chargers/OTHER-1')).toMatchObject({ status: 404 });
    const stranger = new ApiClient({ api: ready.api, api_key: 'mk_test_nobody' });
    expect(await create('ONCE-1', stranger)).toMatchObject({ status: 401 });
  });
});

const NextCursor = z.object({ next_cursor: z.string() });
