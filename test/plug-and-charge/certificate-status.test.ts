import { describe, expect, test } from 'vitest';
import { questionOf } from '#shared/ocpp/words/certificate-words.ts';
import { askOcsp } from '#shared/plug-and-charge/ask-ocsp.ts';
import { readChain } from '#shared/plug-and-charge/certificate.ts';
import { hashDataOf } from '#shared/plug-and-charge/hash-data.ts';
import { readOcspAnswer } from '#shared/plug-and-charge/ocsp-answer.ts';
import { aPncWorld, hashesOf, type PncWorld } from '#test/support/pnc-world.ts';

const ask = (world: PncWorld, more: object = {}) => {
  const [leaf] = hashesOf(world.pki, world.responder.url);
  return world.charger.call('GetCertificateStatus', { ocspRequestData: { ...leaf, ...more } });
};
const noAnswer = { status: 'Failed', statusInfo: { reasonCode: 'NoOcspResponse' } };

describe('a charger that asks what an issuer says of a certificate (M06)', () => {
  test('gets the responder’s own answer, to the bit', async () => {
    const world = await aPncWorld();
    const { pki, responder } = world;
    const { status, ocspResult } = await ask(world);
    expect(status).toBe('Accepted');
    const [leaf, issuer] = readChain(pki.leaf.pem + pki.sub2.pem);
    if (!leaf || !issuer) throw new Error('Nothing to read');
    const der = Buffer.from(String(ocspResult), 'base64');
    const answer = readOcspAnswer(der, hashDataOf(leaf, issuer));
    expect(answer?.status).toBe('good');
    expect(answer?.signedFor(issuer, new Date('2026-06-02T00:00:00Z'))).toBe(true);
    expect(responder.asked).toHaveLength(1);
  });

  test('asks nobody else while the answer is fresh, and other chargers neither', async () => {
    const world = await aPncWorld();
    const first = await ask(world);
    expect(await ask(world)).toEqual(first);
    expect(await ask(world, { serialNumber: spelled(world) })).toEqual(first);
    expect(world.responder.asked).toHaveLength(1);
    // Another organization has its own dealings.
    const [leaf] = hashesOf(world.pki, world.responder.url);
    if (!leaf) throw new Error('There is no leaf');
    const question = questionOf({ ...leaf, hashAlgorithm: 'SHA256' });
    await askOcsp(world.ctx.as({ tenantId: 'other' }), question);
    expect(world.responder.asked).toHaveLength(2);
  });

  test('asks again what is never said to be fresh', async () => {
    const world = await aPncWorld();
    world.responder.nextUpdate = undefined;
    await ask(world);
    await ask(world);
    expect(world.responder.asked).toHaveLength(2);
  });

  test('is not told for longer than a week what was said once', async () => {
    const world = await aPncWorld();
    world.responder.nextUpdate = new Date('2099-01-01T00:00:00Z');
    await ask(world);
    world.ctx.tick(8 * 86_400_000);
    await ask(world);
    expect(world.responder.asked).toHaveLength(2);
  });

  test('is told of a revoked certificate: that is an answer too', async () => {
    const world = await aPncWorld();
    world.responder.revoked.add(hashesOf(world.pki, '')[0]?.serialNumber ?? '');
    expect(await ask(world)).toMatchObject({ status: 'Accepted' });
  });

  test.each([
    ['a responder that fails', (world: PncWorld) => fail(world, 503)],
    ['a page in place of an answer', (world: PncWorld) => fail(world, 200, '<html></html>')],
    ['nothing', (world: PncWorld) => fail(world, 200, '')],
    ['more than there is room for', (world: PncWorld) => fail(world, 200, '0'.repeat(20_000))],
  ])('is told that there is none, for %s', async (_, spoil) => {
    const world = await aPncWorld();
    spoil(world);
    expect(await ask(world)).toEqual(noAnswer);
  });

  test.each([
    ['is closed', 'http://127.0.0.1:9/'],
    ['has no name', 'http://responder.invalid/'],
    ['is no URL', 'responder'],
    ['is a file', 'file:///etc/passwd'],
    ['is the metadata service', 'http://169.254.169.254/latest/meta-data'],
  ])('is told that there is none where the responder %s', async (_, responderURL) => {
    expect(await ask(await aPncWorld(), { responderURL })).toEqual(noAnswer);
  });

  test('is told so by a responder that takes its time, before the charger gives up', async () => {
    const world = await aPncWorld();
    world.responder.instead = () => {};
    const since = performance.now();
    expect(await ask(world)).toEqual(noAnswer);
    expect(performance.now() - since).toBeLessThan(7000);
  }, 15_000);

  test('is told so where it names no certificate', async () => {
    const world = await aPncWorld();
    for (const odd of [{ issuerKeyHash: 'beef' }, { serialNumber: 'not hex' }])
      expect(await ask(world, odd)).toEqual(noAnswer);
    expect(world.responder.asked).toEqual([]);
  });

  test('leads nowhere inside a network, in live mode, whatever a charger names', async () => {
    const { ctx, pki, responder } = await aPncWorld();
    const live = ctx.as({ livemode: true });
    for (const url of [
      responder.url,
      'http://localhost:8080/',
      'http://[::1]/',
      'http://10.1.1.1/',
    ]) {
      const [leaf] = hashesOf(pki, url);
      if (!leaf) throw new Error('There is no leaf');
      expect(await askOcsp(live, questionOf({ ...leaf, hashAlgorithm: 'SHA256' }))).toBeUndefined();
    }
    expect(responder.asked).toEqual([]);
  });
});

/** The same number, spelled with leading zeros and in capitals. */
const spelled = ({ pki }: PncWorld) =>
  `00${hashesOf(pki, '')[0]?.serialNumber ?? ''}`.toUpperCase();

function fail({ responder }: PncWorld, status: number, body = ''): void {
  responder.instead = (send) => send(status, Buffer.from(body));
}
