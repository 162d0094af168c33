import { expect, test } from 'vitest';
import { aHost, call } from '#test/support/local-host.ts';

test('a request over HTTP is found by the id of its answer, and what it changed by the same', async () => {
  const host = await aHost();
  const done = await call(host, '/v1/sites/BLR-IND?token=S3cr3t', {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json', 'User-Agent': 'audit-test/1' },
    body: JSON.stringify({ status: 'closed' }),
  });
  expect(done.status).toBe(200);
  const id = done.headers.get('x-request-id') ?? '';
  const found = await (await call(host, `/v1/requests/${id}`)).json();
  const from = { address: expect.stringMatching(/127\.0\.0\.1|::1/), user_agent: 'audit-test/1' };
  expect(found).toMatchObject({
    id,
    operation: 'updateSite',
    route: '/v1/sites/{site_id}',
    path: '/v1/sites/BLR-IND',
    status: 200,
    ...from,
  });
  expect(JSON.stringify(found)).not.toContain('S3cr3t');
  const entries = await call(host, `/v1/audit-entries?request_id=${id}`);
  expect(await entries.json()).toMatchObject({
    audit_entries: [
      {
        action: 'updateSite',
        request: { id, ...from },
        changes: [{ before: { status: 'open' }, after: { status: 'closed' } }],
      },
    ],
  });
});
