import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { LocalAuthority } from '#local/authority.ts';
import {
  findActiveCertificate,
  listIssuedCertificates,
} from '#shared/certificates/charger-certificate.ts';
import { issueCertificate } from '#shared/certificates/issue-certificate.ts';
import { splitChain } from '#shared/certificates/pem.ts';
import { storeValues } from '#shared/configuration/store-values.ts';
import { VariableRef } from '#shared/configuration/variable.ts';
import type { OcppVersion } from '#shared/ocpp/version.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { aPeer, type OcppPeer } from '#test/support/ocpp-peer.ts';
import { clearOutbox, recordedEvents } from '#test/support/outbox.ts';
import { aSigningRequest, rsa } from '#test/support/pki.ts';
import { settle } from '#test/support/settle.ts';
import { temporaryFolder } from '#test/support/temporary-folder.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const VERSIONS: readonly OcppVersion[] = ['ocpp1.6', 'ocpp2.0.1'];

async function aWorld(version: OcppVersion = 'ocpp2.0.1') {
  const ctx = testContext({ organization: { name: 'Demo CPO' } });
  const charger = await aPeer(ctx, { version });
  await settle(ctx);
  clearOutbox(ctx);
  return { ctx, charger };
}

const sign = (charger: OcppPeer, csr: string, more: object = {}) =>
  charger.call('SignCertificate', { csr, ...more });

const delivered = (charger: OcppPeer) =>
  charger.asked().filter(({ action }) => action === 'CertificateSigned');

/** The request, its certificate, and the charger's yes. */
async function renewed(ctx: TestContext, charger: OcppPeer, csr: string, more: object = {}) {
  await sign(charger, csr, more);
  await settle(ctx);
  await charger.reply(charger.lastAsked());
  await settle(ctx);
}

/** Time goes by, and the charger is there again: no connection lasts that long. */
async function later(ctx: TestContext, days: number, version: OcppVersion): Promise<OcppPeer> {
  ctx.tick(days * DAY);
  await settle(ctx);
  const connectionId = `socket-of-${ctx.now().getTime()}`;
  return aPeer(ctx, { version, connectionId, registered: true, boots: false });
}

const told = (ctx: TestContext) =>
  recordedEvents(ctx)
    .map(({ type }) => type)
    .filter((type) => type.startsWith('certificate.'));
const statuses = async (ctx: TestContext) =>
  (await listIssuedCertificates(ctx, 'CP-1')).map(({ status }) => status);

describe.each(VERSIONS)('a signing request of %s', (version) => {
  test('gets a certificate of its key that names the charger and the operator', async () => {
    const { ctx, charger } = await aWorld(version);
    const { pem } = await aSigningRequest({ commonName: 'somebody else' });
    expect(await sign(charger, pem)).toEqual({ status: 'Accepted' });
    expect(delivered(charger)).toEqual([]);
    await settle(ctx);
    const [{ payload } = { payload: {} }] = delivered(charger);
    const chain = String(Object(payload).certificateChain);
    const [leaf = ''] = splitChain(chain);
    expect(new X509Certificate(leaf).subject).toBe('O=Demo CPO\nCN=CP-1');
    expect(
      new X509Certificate(leaf).verify(new X509Certificate(await ctx.ca.root()).publicKey),
    ).toBe(true);
    expect(chain).not.toContain('\r');
    expect(Object(payload).certificateType).toBe(
      version === 'ocpp1.6' ? undefined : 'ChargingStationCertificate',
    );
    expect(await statuses(ctx)).toEqual(['pending']);
    await charger.reply(charger.lastAsked());
    await settle(ctx);
    expect(await statuses(ctx)).toEqual(['active']);
    expect(told(ctx)).toEqual(['certificate.renewed']);
    const active = await findActiveCertificate(ctx, 'CP-1', 'charger');
    expect(active?.not_after?.slice(0, 10)).toBe('2027-06-01');
  });

  test('that the charger refuses fails, and the certificate before stays in use', async () => {
    const { ctx, charger } = await aWorld(version);
    await renewed(ctx, charger, (await aSigningRequest()).pem);
    await sign(charger, (await aSigningRequest()).pem);
    await settle(ctx);
    await charger.reply(charger.lastAsked(), { status: 'Rejected' });
    await settle(ctx);
    expect(await statuses(ctx)).toEqual(['active', 'failed']);
    expect(told(ctx)).toEqual(['certificate.renewed', 'certificate.renewal_failed']);
  });
});

// Gotcha 43: CertSigningWaitMinimum.
describe('a repeated request', () => {
  test('while the certificate is on its way gets no other', async () => {
    const { ctx, charger } = await aWorld();
    const { pem } = await aSigningRequest();
    await sign(charger, pem);
    await sign(charger, pem.replaceAll('\n', '\r\n'));
    await settle(ctx);
    expect(await sign(charger, pem)).toEqual({ status: 'Accepted' });
    await settle(ctx);
    expect(ctx.ca.orders).toHaveLength(1);
    expect(delivered(charger)).toHaveLength(1);
  });

  test('of a certificate that got lost brings the same one again', async () => {
    const { ctx, charger } = await aWorld();
    const { pem } = await aSigningRequest();
    await sign(charger, pem);
    await settle(ctx);
    ctx.tick(31_000);
    await settle(ctx);
    expect(told(ctx)).toEqual(['certificate.renewal_failed']);
    await sign(charger, pem);
    await settle(ctx);
    const [first, second] = delivered(charger).map(({ payload }) => payload);
    expect(second).toEqual(first);
    expect(ctx.ca.orders).toHaveLength(1);
    await charger.reply(charger.lastAsked());
    await settle(ctx);
    expect(await statuses(ctx)).toEqual(['active']);
  });

  test('a year later, of a key that was kept, gets a new certificate', async () => {
    const { ctx, charger } = await aWorld();
    const { pem } = await aSigningRequest();
    await renewed(ctx, charger, pem);
    await renewed(ctx, await later(ctx, 340, 'ocpp2.0.1'), pem);
    expect(await statuses(ctx)).toEqual(['superseded', 'active']);
  });

  test('under ever new keys is refused after ten in an hour', async () => {
    const { charger } = await aWorld();
    const { pem } = await aSigningRequest();
    const answers: unknown[] = [];
    for (let n = 0; n < 12; n++) {
      const bytes = Buffer.from(pem.replaceAll(/-----.*-----|\s/g, ''), 'base64');
      bytes[bytes.length - 1] = n;
      answers.push((await sign(charger, bytes.toString('base64')))['status']);
    }
    expect(answers).toEqual([...Array(10).fill('Accepted'), 'Rejected', 'Rejected']);
  });
});

describe('a request that cannot be signed', () => {
  test('is refused where it is no request at all', async () => {
    const { charger } = await aWorld();
    for (const csr of [
      '',
      'hello',
      '-----BEGIN CERTIFICATE REQUEST-----\n!\n-----END CERTIFICATE REQUEST-----',
    ])
      expect(await sign(charger, csr)).toEqual({ status: 'Rejected' });
  });

  test('fails with the reason where its key is weak, or not its own', async () => {
    const { ctx, charger } = await aWorld();
    await sign(charger, (await aSigningRequest({ algorithm: rsa(1024) })).pem);
    const forged = Buffer.from(
      (await aSigningRequest()).pem.replaceAll(/-----.*-----|\s/g, ''),
      'base64',
    );
    forged[forged.length - 3] = (forged.at(-3) ?? 0) ^ 1;
    await sign(charger, forged.toString('base64'));
    await sign(charger, (await aSigningRequest({ algorithm: rsa(2048, 'SHA-1') })).pem);
    await settle(ctx);
    const reasons = (await listIssuedCertificates(ctx, 'CP-1')).map((one) => one.failure_reason);
    expect(reasons).toEqual([
      'An RSA key of 1024 bits: 2048 to 8192 are taken.',
      'The request is not signed with the key it names.',
      'The request is signed with a hash weaker than SHA-256.',
    ]);
    expect(ctx.ca.orders).toEqual([]);
    expect(told(ctx)).toEqual(Array(3).fill('certificate.renewal_failed'));
  });

  test('of RSA with 2048 bits is signed', async () => {
    const { ctx, charger } = await aWorld('ocpp1.6');
    await renewed(ctx, charger, (await aSigningRequest({ algorithm: rsa(2048) })).pem);
    expect(await statuses(ctx)).toEqual(['active']);
  });
});

test('a V2G certificate is a matter of its own', async () => {
  const { ctx, charger } = await aWorld();
  await renewed(ctx, charger, (await aSigningRequest()).pem);
  const more = { certificateType: 'V2GCertificate' };
  await renewed(ctx, charger, (await aSigningRequest()).pem, more);
  expect(charger.lastAsked().payload).toMatchObject(more);
  expect(await statuses(ctx)).toEqual(['active', 'active']);
});

test('OCPP 2.1 gets the number of its request back', async () => {
  const { ctx, charger } = await aWorld('ocpp2.1');
  await sign(charger, (await aSigningRequest()).pem, { requestId: 17 });
  await settle(ctx);
  expect(charger.lastAsked().payload).toMatchObject({ requestId: 17 });
});

// MaxCertificateChainSize, CertificateSignedMaxChainSize.
test.each([
  [undefined, 2],
  ['1200', 1],
])('a charger that takes %s characters of a chain gets %i certificates', async (value, count) => {
  const { ctx, charger } = await aWorld();
  if (value) {
    const ref = { name: 'MaxCertificateChainSize', component: 'SecurityCtrlr' };
    const told = { ...VariableRef.parse(ref), facts: { value } };
    await storeValues(ctx, 'CP-1', [told], { by: 'charger' });
  }
  await sign(charger, (await aSigningRequest()).pem);
  const [{ id } = { id: '' }] = await listIssuedCertificates(ctx, 'CP-1');
  await issueCertificate({ ...ctx, ca: new LocalAuthority(temporaryFolder()) }, 'CP-1', id);
  await settle(ctx);
  const { certificateChain } = Object(charger.lastAsked().payload);
  expect(splitChain(String(certificateChain))).toHaveLength(count);
});
