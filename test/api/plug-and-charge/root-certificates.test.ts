import { describe, expect, test } from 'vitest';
import { endpoint as addRoot } from '#functions/api/plug-and-charge/add-root-certificate.ts';
import { endpoint as listRoots } from '#functions/api/plug-and-charge/list-root-certificates.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { keyOfSites } from '#test/support/fake-charger.ts';
import { aKeyPair, aPki, chainOf, issue } from '#test/support/pnc-pki.ts';

const shared = await aPki();
const add = (ctx: TestContext, certificate: string, more: object = {}) =>
  call(ctx, addRoot, { body: { kind: 'mo', certificate, ...more } });
const NOW = { at: '2026-06-01T12:00:00.000Z' };

describe('a trust anchor', () => {
  test('is kept with the CAs below it, in whatever order they come', async () => {
    const ctx = testContext(NOW);
    const { root, sub1, sub2 } = await aPki();
    const { status, body } = await add(ctx, chainOf(sub1, root, sub2), { name: 'MO 2026' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      kind: 'mo',
      name: 'MO 2026',
      subject: 'CN=MO Root, O=Test, DC=V2G',
      not_after: '2036-01-01T00:00:00.000Z',
      expired: false,
      certificate: expect.stringContaining('BEGIN CERTIFICATE'),
    });
    expect(body['intermediates']).toHaveLength(2);
    const list = await call(ctx, listRoots);
    expect(list.body).toEqual({ root_certificates: [body], total: 1, next_cursor: null });
    expect((await call(ctx, listRoots, { query: { kind: 'v2g' } })).body['total']).toBe(0);
  });

  test('is trusted once, and by this organization alone', async () => {
    const ctx = testContext(NOW);
    const { root } = await aPki();
    const first = await add(ctx, root.pem);
    const again = await add(ctx, root.pem, { kind: 'v2g' });
    expect([again.status, again.body['code']]).toEqual([409, 'conflict']);
    expect(again.text).toContain(String(first.body['id']));
    const other = ctx.as({ tenantId: 'other' });
    expect((await call(other, listRoots)).body['total']).toBe(0);
    expect((await add(other, root.pem)).status).toBe(201);
  });

  test('may be a sub-CA whose own root is not given', async () => {
    const { sub1, sub2 } = await aPki();
    const { status, body } = await add(testContext(NOW), chainOf(sub2, sub1));
    expect([status, body['subject']]).toEqual([201, expect.stringContaining('MO Sub-CA 1')]);
  });

  test('shows that it has expired since', async () => {
    const ctx = testContext(NOW);
    await add(ctx, (await issue({ ca: true, name: 'R', notAfter: '2026-06-02T00:00:00Z' })).pem);
    ctx.tick(86_400_000);
    expect((await call(ctx, listRoots)).body['root_certificates']).toMatchObject([
      { expired: true },
    ]);
  });

  test('is not decided on by a credential of some sites', async () => {
    const ctx = testContext(NOW);
    const reply = await add(ctx.as(keyOfSites('BLR-IND')), (await aPki()).root.pem);
    expect([reply.status, reply.body['code']]).toEqual([403, 'site_restricted']);
  });

  const rows: readonly (readonly [string, () => Promise<string> | string, string])[] = [
    ['text', () => 'trust me', 'malformed'],
    ['a broken certificate', () => shared.root.pem.replace('MII', 'MIX'), 'malformed'],
    ['a contract', () => shared.leaf.pem, 'not_a_ca'],
    ['a chain with a contract', () => chainOf(shared.leaf, shared.sub2), 'not_a_ca'],
    [
      'an expired CA',
      async () => (await issue({ ca: true, name: 'R', notAfter: '2026-05-01T00:00:00Z' })).pem,
      'expired',
    ],
    [
      'a root signed by another key',
      async () =>
        (
          await issue({
            ca: true,
            name: 'MO Root',
            by: { ...shared.root, keys: await aKeyPair() },
            keys: shared.root.keys,
          })
        ).pem,
      'bad_signature',
    ],
    ['two roots', async () => shared.root.pem + (await aPki()).root.pem, 'not_a_chain'],
    [
      'two that do not belong together',
      async () => shared.root.pem + (await issue({ ca: true, name: 'X', claims: 'CN=Y' })).pem,
      'not_a_chain',
    ],
    [
      'a sub-CA that only says whose it is',
      async () =>
        shared.root.pem +
        (await issue({ ca: true, name: 'X', claims: shared.root.certificate.subject })).pem,
      'not_a_chain',
    ],
  ];
  test.each(rows)('cannot be %s', async (_, make, code) => {
    const reply = await add(testContext(NOW), await make());
    expect(reply.status).toBe(422);
    expect(reply.body['errors']).toMatchObject([{ field: 'certificate', code }]);
  });
});
