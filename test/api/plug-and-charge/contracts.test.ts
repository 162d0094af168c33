import { describe, expect, test } from 'vitest';
import { endpoint as create } from '#functions/api/plug-and-charge/create-contract-certificate.ts';
import { endpoint as list } from '#functions/api/plug-and-charge/list-contract-certificates.ts';
import { endpoint as revoke } from '#functions/api/plug-and-charge/revoke-contract-certificate.ts';
import { endpoint as getToken } from '#functions/api/tokens/get-token.ts';
import { authorize } from '#shared/tokens/authorize.ts';
import { createToken } from '#shared/tokens/manage-tokens.ts';
import { NewToken } from '#shared/tokens/new-token.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { keyOfSites } from '#test/support/fake-charger.ts';
import { clearOutbox, recordedEvents } from '#test/support/outbox.ts';
import { aPki, chainOf, EMAID, issue } from '#test/support/pnc-pki.ts';
import { trust } from '#test/support/pnc-world.ts';

const shared = await aPki();
const DAY = 86_400_000;
const aWorld = () =>
  testContext({
    at: '2026-06-01T12:00:00.000Z',
    organization: { accept_unknown_tokens: false },
  });
const provision = (ctx: TestContext, body: object) =>
  call(ctx, create, { body: { emaid: EMAID, ...body } });
const typesOf = (ctx: TestContext) => recordedEvents(ctx).map(({ type }) => type);
const verdictOn = async (ctx: TestContext, uid = EMAID) =>
  (await authorize(ctx, { uid, shownAs: 'emaid', purpose: 'standing' })).verdict;

describe('a contract', () => {
  test('without a certificate is requested, and its token opens chargers', async () => {
    const ctx = aWorld();
    const { status, body } = await provision(ctx, {
      emaid: 'de-8aa-ca2b3c4d5-l',
      driver_id: 'drv_1',
      vehicle_id: 'veh_1',
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      emaid: EMAID,
      emaid_printed: 'DE-8AA-CA2B3C4D5-L',
      status: 'requested',
      expires_at: null,
    });
    const token = await call(ctx, getToken, { params: { token_id: body['token_id'] } });
    expect(token.body).toMatchObject({
      uid: EMAID,
      type: 'emaid',
      contract_id: EMAID,
      driver_id: 'drv_1',
    });
    expect(await verdictOn(ctx, 'DE-8AA-CA2B3C4D5-L')).toBe('accepted');
    expect(typesOf(ctx)).toEqual(['token.created']);
  });

  test('with its certificate is active, and ends with it', async () => {
    const ctx = aWorld();
    const pki = await aPki({ leaf: { notAfter: '2027-06-01T00:00:00Z' } });
    await trust(ctx, pki);
    const { status, body } = await provision(ctx, { certificate: pki.chain });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      status: 'active',
      expires_at: '2027-06-01T00:00:00.000Z',
      certificate: { subject: 'CN=DE8AACA2B3C4D5, O=Test, DC=V2G' },
    });
    expect(typesOf(ctx)).toContain('pnc.contract_provisioned');
    ctx.tick(365 * DAY);
    expect(await verdictOn(ctx)).toBe('expired');
    expect((await call(ctx, list)).body['contracts']).toMatchObject([{ status: 'expired' }]);
  });

  test('ends when it was agreed to, if that is earlier', async () => {
    const ctx = aWorld();
    const pki = await aPki();
    await trust(ctx, pki);
    const { body } = await provision(ctx, {
      certificate: pki.chain,
      expires_at: '2026-12-31T23:00:00+05:30',
    });
    expect(body['expires_at']).toBe('2026-12-31T17:30:00.000Z');
  });

  test('that runs takes a newer certificate, and nothing else', async () => {
    const ctx = aWorld();
    const pki = await aPki({ leaf: { notAfter: '2026-07-01T00:00:00Z' } });
    await trust(ctx, pki);
    const first = await provision(ctx, { certificate: pki.chain, driver_id: 'drv_1' });
    expect(first.body['status']).toBe('expiring');
    const again = await provision(ctx, {});
    expect([again.status, again.body['code']]).toEqual([409, 'conflict']);
    const newer = await issue({ name: EMAID, by: pki.sub2 });
    const { status, body } = await provision(ctx, { certificate: newer.pem });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'active',
      driver_id: 'drv_1',
      token_id: first.body['token_id'],
      expires_at: '2036-01-01T00:00:00.000Z',
      resource_version: 2,
    });
  });

  test('that is revoked opens nothing, stays in the list, and can begin anew', async () => {
    const ctx = aWorld();
    await provision(ctx, {});
    clearOutbox(ctx);
    const params = { emaid: 'DE-8AA-CA2B3C4D5' };
    const gone = await call(ctx, revoke, { params, query: { reason: 'sold' } });
    expect(gone.status).toBe(200);
    expect(gone.body).toMatchObject({ status: 'revoked', revocation_reason: 'sold' });
    expect(typesOf(ctx)).toEqual(['token.updated', 'pnc.contract_revoked']);
    expect(await verdictOn(ctx)).toBe('blocked');
    expect((await call(ctx, revoke, { params })).body).toEqual(gone.body);
    expect((await provision(ctx, {})).status).toBe(201);
    expect(await verdictOn(ctx)).toBe('accepted');
  });

  test('is found by what is asked for', async () => {
    const ctx = aWorld();
    await provision(ctx, { driver_id: 'drv_1' });
    ctx.tick(1000);
    await provision(ctx, { emaid: 'FRXYZ123456789', vehicle_id: 'veh_2' });
    const found = async (query: object) => {
      const { body } = await call(ctx, list, { query: { ...query } });
      const contracts = body['contracts'];
      return Array.isArray(contracts) ? contracts.map(({ emaid }) => emaid) : [];
    };
    expect(await found({})).toEqual(['FRXYZ123456789', EMAID]);
    expect((await call(ctx, list)).body['total']).toBe(2);
    expect(await found({ driver_id: 'drv_1' })).toEqual([EMAID]);
    expect(await found({ vehicle_id: 'veh_2' })).toEqual(['FRXYZ123456789']);
    expect(await found({ emaid: 'fr-xyz-123456789-2' })).toEqual(['FRXYZ123456789']);
    expect(await found({ status: 'active,revoked' })).toEqual([]);
    expect(await found({ expires_before: '2099-01-01T00:00:00Z' })).toEqual([]);
    const other = ctx.as({ tenantId: 'other' });
    expect((await call(other, list)).body['total']).toBe(0);
    expect((await call(other, revoke, { params: { emaid: EMAID } })).status).toBe(404);
  });

  test('opens chargers everywhere, so a credential of some sites makes none', async () => {
    const ctx = aWorld();
    await provision(ctx, { emaid: 'FRXYZ123456789' });
    const restricted = ctx.as(keyOfSites('BLR-IND'));
    expect((await call(restricted, list)).body).toMatchObject({ contracts: [], total: 0 });
    expect((await provision(restricted, {})).body['code']).toBe('site_restricted');
    const gone = await call(restricted, revoke, { params: { emaid: EMAID } });
    expect(gone.body['code']).toBe('site_restricted');
  });

  test('has an eMAID that no card has', async () => {
    const ctx = aWorld();
    await createToken(ctx, NewToken.parse({ uid: EMAID, type: 'rfid' }));
    expect((await provision(ctx, {})).body['code']).toBe('conflict');
  });

  const rows: readonly (readonly [string, object, string, string])[] = [
    ['no eMAID', { emaid: '04A2B3C4D5E6' }, 'emaid', 'malformed'],
    ['a slip of the keyboard', { emaid: 'DE-8AA-CA2B3C4D6-L' }, 'emaid', 'wrong_check_digit'],
    ['text for a certificate', { certificate: 'text' }, 'certificate', 'malformed'],
    [
      'another’s certificate',
      { emaid: 'FRXYZ123456789', certificate: shared.chain },
      'certificate',
      'wrong_emaid',
    ],
    ['a certificate of strangers', { certificate: shared.chain }, 'certificate', 'untrusted'],
  ];
  test.each(rows)('is refused for %s', async (_, body, field, code) => {
    const reply = await provision(aWorld(), body);
    expect(reply.status).toBe(422);
    expect(reply.body['errors']).toMatchObject([{ field, code }]);
  });

  test('is refused for a certificate that has expired', async () => {
    const ctx = aWorld();
    await trust(ctx, shared);
    const old = await issue({ name: EMAID, by: shared.sub2, notAfter: '2026-05-01T00:00:00Z' });
    const reply = await provision(ctx, { certificate: chainOf(old, shared.sub2) });
    expect(reply.body['errors']).toMatchObject([{ field: 'certificate', code: 'expired' }]);
  });
});
