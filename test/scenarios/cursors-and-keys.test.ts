import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { contextOf } from '#shared/aws/runtime.ts';
import { encodeCursor } from '#shared/core/paging.ts';
import { ApiClient } from '#test/support/api-client.ts';
import { prepareData } from '#test/support/prepared-data.ts';
import { aSandboxHost } from '#test/support/sandbox-host.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

const chargers = '/v1/chargers';
const NextCursor = z.object({ next_cursor: z.string() });

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
