import { describe, expect, it } from 'vitest';
import { type Answer, ApiClient } from '#test/support/api-client.ts';
import { anOrganizationIn } from '#test/support/organizations.ts';
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
  { what: 'JSON nested without end', call: ['POST', sessions, deep], answer: tooLarge },
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
  {
    what: 'a method that is not there',
    call: ['PUT', chargers, {}],
    answer: [405, 'method_not_allowed'],
  },
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

  it('slows a client down that asks too much, and only that one', async () => {
    const dataDir = temporaryFolder();
    const calm = await anOrganizationIn(dataDir, 'calm', false);
    const { api, ready } = await aSandboxHost({ dataDir });
    const answers: Answer[] = [];
    // 1,000 are let through in any minute.
    for (let n = 0; n < 11; n++)
      answers.push(
        ...(await Promise.all(Array.from({ length: 100 }, () => api.ask('GET', '/v1/vendors')))),
      );
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThanOrEqual(100);
    for (const { status, body, headers } of refused) {
      expect({ status, body }).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      expect(headers.get('ratelimit-policy')).toBe('"default";q=1000;w=60');
    }
    const other = new ApiClient({ ...ready, api_key: calm });
    expect(await other.ask('GET', '/v1/vendors')).toMatchObject({ status: 200 });
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
