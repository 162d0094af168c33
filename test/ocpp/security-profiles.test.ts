import { describe, expect, test } from 'vitest';
import { listIssuedCertificates } from '#shared/certificates/charger-certificate.ts';
import { splitChain } from '#shared/certificates/pem.ts';
import type { Charger } from '#shared/chargers/charger.ts';
import { commonNameOf } from '#shared/chargers/entrance.ts';
import { NewCharger } from '#shared/chargers/new-charger.ts';
import { createCharger } from '#shared/chargers/register-charger.ts';
import { keys } from '#shared/db/keys.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { type Knock, ocppDoor } from '#test/support/ocpp-door.ts';
import { aPeer } from '#test/support/ocpp-peer.ts';
import { recordedEvents } from '#test/support/outbox.ts';
import { aForeignCertificate, aSigningRequest } from '#test/support/pki.ts';
import { settle } from '#test/support/settle.ts';

const EDGE = 'the secret of the edge';
const DAY = 86_400_000;

/** A live organization with a charger of this profile, and its door behind the edge. */
async function aWorld(profile: 1 | 2 | 3 = 1, organization: object = {}) {
  const ctx = testContext({
    organization: { auto_register: false, allow_unsecured: false, ...organization },
  });
  const { ocpp_password: password } = await createCharger(ctx, NewCharger.parse({ id: 'CP-1' }));
  await set(ctx, { security_profile: profile });
  const door = ocppDoor(ctx, EDGE);
  const knock = async (asked: Knock) => (await door.knock({ originSecret: EDGE, ...asked })).status;
  return { ctx, knock, password: password ?? '' };
}

const set = (ctx: TestContext, change: Partial<Charger>, id = 'CP-1') =>
  ctx.table.write([{ op: 'update', key: keys.charger('demo', id), set: change }]);

/** A certificate of ours for this charger: asked for, delivered, and installed if it says so. */
async function aCertificate(ctx: TestContext, { id = 'CP-1', answer = 'Accepted' } = {}) {
  const connectionId = `peer-of-${id}-${ctx.now().getTime()}`;
  const charger = await aPeer(ctx, { id, version: 'ocpp2.0.1', connectionId, registered: true });
  await charger.call('SignCertificate', { csr: (await aSigningRequest()).pem });
  await settle(ctx);
  const { certificateChain } = Object(charger.lastAsked().payload);
  if (answer !== '') await charger.reply(charger.lastAsked(), { status: answer });
  await settle(ctx);
  const [leaf = ''] = splitChain(String(certificateChain));
  return leaf;
}

describe.each([
  // What a charger of this profile brings, and whether it comes in.
  [1, 'a password over plain text', { secure: false }, 200],
  [1, 'a password over TLS', { secure: true }, 200],
  [2, 'a password over plain text', { secure: false }, 401],
  [2, 'a password over TLS', { secure: true }, 200],
  [3, 'a password over TLS', { secure: true }, 401],
] as const)('a charger of profile %i with %s', (profile, _, brought, status) => {
  test(`is answered ${status}`, async () => {
    const { knock, password } = await aWorld(profile);
    expect(await knock({ password, ...brought })).toBe(status);
    expect(await knock({ password: 'wrong', ...brought })).toBe(401);
    expect(await knock(brought)).toBe(401);
  });
});

describe('a client certificate', () => {
  test.each([1, 2, 3] as const)('of its own opens for profile %i', async (profile) => {
    const { ctx, knock } = await aWorld(profile);
    const certificate = await aCertificate(ctx);
    expect(await knock({ secure: true, certificate })).toBe(200);
  });

  test('is worth nothing where nobody proves to be the edge', async () => {
    const { ctx } = await aWorld(3);
    const certificate = await aCertificate(ctx);
    const open = ocppDoor(ctx);
    expect((await open.knock({ secure: true, certificate })).status).toBe(401);
  });

  test('of another charger opens nothing, not even beside the right password', async () => {
    const { ctx, knock, password } = await aWorld(1);
    await createCharger(ctx, NewCharger.parse({ id: 'CP-2' }));
    const certificate = await aCertificate(ctx, { id: 'CP-2' });
    expect(await knock({ secure: true, certificate })).toBe(401);
    expect(await knock({ secure: true, certificate, password })).toBe(401);
    expect(await knock({ secure: true, certificate, segment: 'CP-2' })).toBe(200);
  });

  test('of another organization’s charger opens nothing', async () => {
    const { ctx, knock } = await aWorld(3);
    const elsewhere = ctx.as({ tenantId: 'other', organization: {} });
    await createCharger(elsewhere, NewCharger.parse({ id: 'CP-1' }));
    const certificate = await aCertificate(elsewhere);
    expect(await knock({ secure: true, certificate })).toBe(401);
  });

  test('opens until its end, and not after', async () => {
    const { ctx, knock } = await aWorld(3);
    const certificate = await aCertificate(ctx);
    ctx.tick(365 * DAY - 1000);
    expect(await knock({ secure: true, certificate })).toBe(200);
    ctx.tick(2000);
    expect(await knock({ secure: true, certificate })).toBe(401);
  });

  test('that was superseded opens for a week more', async () => {
    const { ctx, knock } = await aWorld(3);
    const old = await aCertificate(ctx);
    ctx.tick(DAY);
    const certificate = await aCertificate(ctx);
    expect(await knock({ secure: true, certificate: old })).toBe(200);
    ctx.tick(7 * DAY + 1000);
    expect(await knock({ secure: true, certificate: old })).toBe(401);
    expect(await knock({ secure: true, certificate })).toBe(200);
  });

  test.each(['revoked', 'failed'] as const)('that is %s opens nothing', async (status) => {
    const { ctx, knock } = await aWorld(3);
    const certificate = await aCertificate(ctx);
    const [{ id } = { id: '' }] = await listIssuedCertificates(ctx, 'CP-1');
    const key = keys.issuedCertificate('demo', 'CP-1', id);
    await ctx.table.write([{ op: 'update', key, set: { status } }]);
    expect(await knock({ secure: true, certificate })).toBe(401);
  });

  test('whose delivery was never answered opens, and is then the one in use', async () => {
    const { ctx, knock } = await aWorld(3);
    const certificate = await aCertificate(ctx, { answer: '' });
    expect(await knock({ secure: true, certificate })).toBe(200);
    const statuses = (await listIssuedCertificates(ctx, 'CP-1')).map(({ status }) => status);
    expect(statuses).toEqual(['active']);
  });
});

describe('a certificate of another authority', () => {
  const foreign = { commonName: 'CP-1', issuer: 'Vendor CA' };

  test('opens where the organization trusts its issuer, and it names the charger', async () => {
    const { knock } = await aWorld(3, { certificate_issuers: ['CN=Vendor CA'] });
    const certificate = await aForeignCertificate(foreign);
    expect(await knock({ secure: true, certificate })).toBe(200);
    const other = await aForeignCertificate({ ...foreign, commonName: 'CP-2' });
    expect(await knock({ secure: true, certificate: other })).toBe(401);
  });

  test('may name the charger by its serial number', async () => {
    const { ctx, knock } = await aWorld(3, { certificate_issuers: ['CN=Vendor CA'] });
    await set(ctx, { serial_number: 'SN-77' });
    const certificate = await aForeignCertificate({ ...foreign, commonName: 'SN-77' });
    expect(await knock({ secure: true, certificate })).toBe(200);
  });

  test('opens nothing where only others trust its issuer, and harms no password', async () => {
    const { ctx, knock, password } = await aWorld(3);
    const certificate = await aForeignCertificate(foreign);
    expect(await knock({ secure: true, certificate })).toBe(401);
    await set(ctx, { security_profile: 2 });
    expect(await knock({ secure: true, certificate, password })).toBe(200);
  });
});

test('a refusal is told as a security event, the first of its kind in an hour', async () => {
  const { ctx, knock, password } = await aWorld(2);
  const types = () =>
    recordedEvents(ctx).flatMap(({ type, object }) =>
      type === 'security.event' ? [Object(object).type] : [],
    );
  for (let n = 0; n < 3; n++) await knock({ password, secure: false });
  await knock({ password: 'wrong', secure: true });
  expect(types()).toEqual(['DowngradeRefused', 'BadCredentials']);
  ctx.tick(3_600_000);
  await knock({ password, secure: false });
  expect(types()).toHaveLength(3);
});

// RFC 2253 §2.4, §5.
test.each([
  ['CN=CP-1,O=Demo', 'CP-1'],
  ['O=Demo, CN=CP-1', 'CP-1'],
  ['O=Demo+CN=CP-1', 'CP-1'],
  ['CN=a\\,b\\"c,O=x', 'a,b"c'],
  ['CN=caf\\E9', 'café'],
  ['O=CN\\=CP-1', undefined],
  ['O=x\\,CN=CP-1', undefined],
  ['CN=CP-1,CN=CP-2', undefined],
  ['', undefined],
])('the common name of %s is %s', (name, commonName) => {
  expect(commonNameOf(name)).toBe(commonName);
});
