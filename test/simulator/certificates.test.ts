import { createHash, createPublicKey, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  X509Certificate as PeculiarCertificate,
  Pkcs10CertificateRequest,
} from '#shared/certificates/x509.ts';
import { hashDataOf } from '#simulator/certificates/hash-data.ts';
import { makeCsr } from '#simulator/effects/make-csr.ts';
import { aCertificate } from '#test/simulator/a-certificate.ts';
import { PaperCharger } from '#test/simulator/paper-charger.ts';
import { sandboxCharger } from '#test/simulator/sandbox-charger.ts';

const status = (reply: unknown[]) => reply[2];
const charger16 = () => new PaperCharger(sandboxCharger('BLR-014')).online();
const charger201 = () => new PaperCharger(sandboxCharger('BLR-015')).online();
const sha256 = (bytes: ArrayBuffer) =>
  createHash('sha256').update(Buffer.from(bytes)).digest('hex');

/** The key pairs a charger asked to have made, made. */
async function makeKeys(one: PaperCharger): Promise<void> {
  const wanted = one.outputs.flatMap((output) => (output.type === 'make_csr' ? [output] : []));
  for (const { use, ...subject } of wanted.slice(-1)) {
    one.happens({ type: 'csr', use, ...(await makeCsr(subject)) });
  }
}

/** A certificate of this root for the key in a request. */
async function signed(csr: unknown, root = aCertificate({ name: 'Root' })): Promise<string> {
  const request = new Pkcs10CertificateRequest(String(csr));
  const spki = Buffer.from(request.publicKey.rawData);
  const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  return aCertificate({ name: 'Charger', publicKey, issuer: root }).pem + root.pem;
}

describe('a signing request', () => {
  it('is proved by its own key and names the station and its operator', async () => {
    const { pem } = await makeCsr({ commonName: 'MX-1', organization: 'Magma, Bengaluru' });
    const request = new Pkcs10CertificateRequest(pem);
    expect(await request.verify()).toBe(true);
    expect(request.subjectName.getField('CN')).toEqual(['MX-1']);
    expect(request.subjectName.getField('O')).toEqual(['Magma, Bengaluru']);
  });

  it('is sent when the platform triggers it, and its certificate is taken', async () => {
    const one = charger16();
    const trigger = { requestedMessage: 'SignChargePointCertificate' };
    expect(status(one.call('ExtendedTriggerMessage', trigger))).toEqual({ status: 'Accepted' });
    await makeKeys(one);
    const [request] = one.of('SignCertificate');
    const certificateChain = await signed(request?.['csr']);
    expect(status(one.call('CertificateSigned', { certificateChain }))).toEqual({
      status: 'Accepted',
    });
    expect(one.state.store.own).toMatchObject([{ use: 'station', chain: certificateChain }]);
  });

  it('is answered by no certificate of another key, nor by a broken chain', async () => {
    const one = charger201();
    one.call('TriggerMessage', { requestedMessage: 'SignChargingStationCertificate' });
    await makeKeys(one);
    const csr = one.of('SignCertificate')[0]?.['csr'];
    const root = aCertificate({ name: 'Root' });
    const foreign = aCertificate({ name: 'Charger', issuer: root }).pem + root.pem;
    const good = await signed(csr, root);
    const broken = good.replace(root.pem, aCertificate({ name: 'Other' }).pem);
    for (const certificateChain of [foreign, broken, 'none']) {
      const reply = one.call('CertificateSigned', { certificateChain });
      expect(status(reply)).toEqual({ status: 'Rejected' });
    }
    expect(one.of('SecurityEventNotification')).toMatchObject(
      Array.from({ length: 3 }, () => ({ type: 'InvalidChargingStationCertificate' })),
    );
    const reply = one.call('CertificateSigned', { certificateChain: good });
    expect(status(reply)).toEqual({ status: 'Accepted' });
  });

  it('is repeated while no certificate comes, each time after twice as long', async () => {
    const one = charger201().happens({ type: 'sign_certificate', use: 'v2g' });
    one.answers['SignCertificate'] = () => ({ status: 'Accepted' });
    await makeKeys(one);
    const sentAfter = (seconds: number) => one.passes(seconds * 1000).of('SignCertificate').length;
    // 60 s, then 120 s, then 240 s; three repeats and no more.
    expect([sentAfter(59), sentAfter(1), sentAfter(119), sentAfter(1)]).toEqual([1, 2, 2, 3]);
    expect([sentAfter(240), sentAfter(3600)]).toEqual([4, 4]);
    expect(one.of('SignCertificate')[0]).toMatchObject({ certificateType: 'V2GCertificate' });
  });

  it('is not repeated once the platform refused it', async () => {
    const one = charger16().happens({ type: 'sign_certificate', use: 'station' });
    one.answers['SignCertificate'] = () => ({ status: 'Rejected' });
    await makeKeys(one);
    expect(one.passes(3_600_000).of('SignCertificate')).toHaveLength(1);
  });
});

describe('the hash data of a certificate', () => {
  it('is of the name and the key of its issuer, as another library sees them', () => {
    const root = aCertificate({ name: 'Some Root', serial: '01' });
    const leaf = aCertificate({ name: 'Leaf', issuer: root, serial: '00f00d' });
    const [inLeaf, inRoot] = [new PeculiarCertificate(leaf.pem), new PeculiarCertificate(root.pem)];
    // SubjectPublicKeyInfo of P-256 ends in its 65 bytes of key: a four, x and y.
    const key = inRoot.publicKey.rawData.slice(-65);
    expect(hashDataOf(new X509Certificate(leaf.pem), new X509Certificate(root.pem))).toEqual({
      hashAlgorithm: 'SHA256',
      issuerNameHash: sha256(inLeaf.issuerName.toArrayBuffer()),
      issuerKeyHash: sha256(key),
      serialNumber: 'f00d',
    });
  });
});

describe('the certificates of a charger', () => {
  const install = (one: PaperCharger, certificate: string, certificateType: string) =>
    status(one.call('InstallCertificate', { certificateType, certificate }));

  it('are installed, listed by their hashes, and deleted by them', () => {
    const one = charger201();
    const root = aCertificate({ name: 'CSMS root' });
    expect(install(one, root.pem, 'CSMSRootCertificate')).toEqual({ status: 'Accepted' });
    expect(install(one, root.pem, 'CSMSRootCertificate')).toEqual({ status: 'Accepted' });
    install(one, aCertificate({ name: 'MO root' }).pem, 'MORootCertificate');
    const ids = (certificateType: string[]) =>
      status(one.call('GetInstalledCertificateIds', { certificateType }));
    const certificate = new X509Certificate(root.pem);
    const certificateHashData = hashDataOf(certificate, certificate);
    expect(ids(['CSMSRootCertificate'])).toEqual({
      status: 'Accepted',
      certificateHashDataChain: [{ certificateType: 'CSMSRootCertificate', certificateHashData }],
    });
    const remove = () => status(one.call('DeleteCertificate', { certificateHashData }));
    expect(remove()).toEqual({ status: 'Accepted' });
    expect(remove()).toEqual({ status: 'NotFound' });
    expect(ids(['CSMSRootCertificate'])).toEqual({ status: 'NotFound' });
  });

  it('are refused when they cannot be read, and when there is no room', () => {
    const full = { CertificateStoreMaxLength: '1' };
    const one = new PaperCharger(sandboxCharger('BLR-014'), { variables: full }).online();
    const type = 'CentralSystemRootCertificate';
    expect(install(one, 'none', type)).toEqual({ status: 'Rejected' });
    expect(one.of('SecurityEventNotification')).toMatchObject([
      { type: 'InvalidCentralSystemCertificate' },
    ]);
    expect(install(one, aCertificate({ name: 'A' }).pem, type)).toEqual({ status: 'Accepted' });
    expect(install(one, aCertificate({ name: 'B' }).pem, type)).toEqual({ status: 'Failed' });
  });

  it('include the chain it shows to cars, which nobody can delete', async () => {
    const one = charger201();
    one.call('TriggerMessage', { requestedMessage: 'SignV2GCertificate' });
    await makeKeys(one);
    const chain = await signed(one.of('SignCertificate')[0]?.['csr']);
    one.call('CertificateSigned', { certificateChain: chain, certificateType: 'V2GCertificate' });
    const [, , listed] = one.call('GetInstalledCertificateIds', {});
    expect(listed).toMatchObject({
      certificateHashDataChain: [
        { certificateType: 'V2GCertificateChain', childCertificateHashData: [{}] },
      ],
    });
    const leaf = new X509Certificate(chain);
    const issuer = new X509Certificate(chain.slice(chain.lastIndexOf('-----BEGIN')));
    const certificateHashData = hashDataOf(leaf, issuer);
    const reply = one.call('DeleteCertificate', { certificateHashData });
    expect(status(reply)).toEqual({ status: 'Failed' });
  });
});
