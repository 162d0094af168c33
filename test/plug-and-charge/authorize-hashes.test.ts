import { describe, expect, test } from 'vitest';
import { questionOf } from '#shared/ocpp/words/certificate-words.ts';
import { checkContract } from '#shared/plug-and-charge/check-contract.ts';
import { getContract } from '#shared/plug-and-charge/contract.ts';
import { revokeContract } from '#shared/plug-and-charge/revoke-contract.ts';
import { updateSite } from '#shared/sites/manage-sites.ts';
import { serialOf } from '#test/support/ocsp-responder.ts';
import { aPki, EMAID, issue } from '#test/support/pnc-pki.ts';
import { aPncWorld, hashesOf, hashOf, type PncWorld } from '#test/support/pnc-world.ts';

const idToken = { idToken: EMAID, type: 'eMAID' };
const accepted = { idTokenInfo: { status: 'Accepted' }, certificateStatus: 'Accepted' };
const unverifiable = {
  idTokenInfo: { status: 'Invalid' },
  certificateStatus: 'CertChainError',
};

/** What the charger hears when it tells of the certificates that a car has shown. */
const tell = ({ charger }: PncWorld, iso15118CertificateHashData: unknown) =>
  charger.call('Authorize', { idToken, iso15118CertificateHashData });
const show = ({ charger, pki }: PncWorld) =>
  charger.call('Authorize', { idToken, certificate: pki.chain });

describe('a car whose chain the charger has checked itself (C07, hash data)', () => {
  test('is let charge when its issuers agree', async () => {
    const world = await aPncWorld();
    const { pki, responder, ctx } = world;
    expect(await tell(world, hashesOf(pki, responder.url))).toMatchObject(accepted);
    expect(responder.asked).toHaveLength(3);
    expect((await getContract(ctx, EMAID)).activated_at).not.toBeNull();
  });

  test('is refused where one of them is revoked', async () => {
    const world = await aPncWorld();
    world.responder.revoked.add(serialOf(world.pki.sub2));
    expect(await tell(world, hashesOf(world.pki, world.responder.url))).toMatchObject({
      certificateStatus: 'CertificateRevoked',
    });
  });

  test('is refused where nobody known here has issued it', async () => {
    const world = await aPncWorld();
    const strange = await aPki({ responderUrl: world.responder.url });
    world.responder.serve(strange.root, strange.sub1, strange.sub2);
    expect(await tell(world, hashesOf(strange, world.responder.url))).toEqual(unverifiable);
    expect(world.responder.asked).toEqual([]);
  });

  test('is refused where the hash data name no certificate', async () => {
    const world = await aPncWorld();
    const [leaf] = hashesOf(world.pki, world.responder.url);
    for (const odd of [{ serialNumber: 'xyz' }, { issuerNameHash: '' }, { responderURL: 'mo' }])
      expect(await tell(world, [{ ...leaf, ...odd }])).toEqual(unverifiable);
  });

  test('is asked after nowhere inside a network, in live mode', async () => {
    const world = await aPncWorld();
    const live = world.ctx.as({ livemode: true });
    for (const url of [world.responder.url, 'http://169.254.169.254/', 'http://10.0.0.7/ocsp']) {
      const [leaf] = hashesOf(world.pki, url).map((hash) =>
        questionOf({ ...hash, hashAlgorithm: 'SHA256' }),
      );
      const questions = leaf ? [leaf] : [];
      expect(await checkContract(live, { emaid: EMAID, chain: undefined, questions })).toBe(
        'unverifiable',
      );
    }
    expect(world.responder.asked).toEqual([]);
    expect(ctxErrors(live)).toContain('The address is private or reserved.');
  });

  test('believes a responder that its issuer has certified, and no other', async () => {
    const world = await aPncWorld();
    const { sub2, sub1 } = world.pki;
    const answering = '1.3.6.1.5.5.7.3.9';
    const delegate = await issue({ name: 'Responder', by: sub2, extendedUsage: answering });
    const merely = await issue({ name: 'Responder', by: sub2 });
    const foreign = await issue({ name: 'Responder', by: sub1, extendedUsage: answering });
    const late = await issue({
      name: 'Responder',
      by: sub2,
      extendedUsage: answering,
      notAfter: '2026-05-01T00:00:00Z',
    });
    const leaf = [hashOf(world.pki.leaf, sub2, world.responder.url)];
    world.responder.nextUpdate = undefined;
    for (const impostor of [merely, foreign, late]) {
      world.responder.signsAs = impostor;
      expect(await tell(world, leaf)).toEqual(unverifiable);
    }
    world.responder.signsAs = delegate;
    expect(await tell(world, leaf)).toMatchObject(accepted);
  });
});

describe('a good certificate of a contract that is no longer good', () => {
  // C07.FR.13.
  test('is answered ContractCancelled with what is wrong with the contract', async () => {
    const world = await aPncWorld();
    await revokeContract(world.ctx, EMAID, 'sold');
    expect(await show(world)).toMatchObject({
      idTokenInfo: { status: 'Blocked' },
      certificateStatus: 'ContractCancelled',
    });
    expect((await getContract(world.ctx, EMAID)).activated_at).toBeNull();
  });

  test('is answered so where nobody has provisioned the contract', async () => {
    const world = await aPncWorld({ contract: false });
    expect(await show(world)).toMatchObject({
      idTokenInfo: { status: 'Unknown' },
      certificateStatus: 'ContractCancelled',
    });
  });

  // C07.FR.14: the car may come back.
  test('is answered Accepted where it may only not charge here', async () => {
    const world = await aPncWorld();
    await updateSite(world.ctx, 'BLR-IND', {
      access: { type: 'restricted', driver_labels: ['staff'] },
    });
    expect(await show(world)).toMatchObject({
      idTokenInfo: { status: 'NotAtThisLocation' },
      certificateStatus: 'Accepted',
    });
  });
});

test('an eMAID without a certificate is answered as any token is', async () => {
  const { charger } = await aPncWorld();
  expect(await charger.call('Authorize', { idToken })).toEqual({
    idTokenInfo: { status: 'Accepted' },
  });
  expect(await charger.call('Authorize', { idToken: { ...idToken, type: 'ISO14443' } })).toEqual({
    idTokenInfo: { status: 'Invalid' },
  });
});

const ctxErrors = ({ logs }: PncWorld['ctx']) => logs.map(({ fields }) => fields?.['error']);
