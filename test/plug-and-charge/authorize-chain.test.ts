import { describe, expect, test } from 'vitest';
import { capabilitiesOf } from '#shared/chargers/capabilities.ts';
import { getCharger } from '#shared/chargers/charger-view.ts';
import { checkContract } from '#shared/plug-and-charge/check-contract.ts';
import { getContract } from '#shared/plug-and-charge/contract.ts';
import { type OcspResponder, serialOf } from '#test/support/ocsp-responder.ts';
import { recordedEvents } from '#test/support/outbox.ts';
import { aKeyPair, aPki, chainOf, EMAID, issue } from '#test/support/pnc-pki.ts';
import { aPncWorld, type PncWorld } from '#test/support/pnc-world.ts';

const idToken = { idToken: EMAID, type: 'eMAID' };
const accepted = { idTokenInfo: { status: 'Accepted' }, certificateStatus: 'Accepted' };
const unverifiable = {
  idTokenInfo: { status: 'Invalid' },
  certificateStatus: 'CertChainError',
};

/** What the charger hears when a car shows this. */
const show = ({ charger }: PncWorld, certificate: string, token: object = idToken) =>
  charger.call('Authorize', { idToken: token, certificate });

/** What a responder sends in place of an answer. */
const sends =
  (status: number, body?: Uint8Array): OcspResponder['instead'] =>
  (send) =>
    send(status, body);

describe('a car that shows the chain of its contract (C07, central validation)', () => {
  test('is let charge, once its path, its eMAID and its issuers have agreed', async () => {
    const world = await aPncWorld();
    const { pki, responder, ctx } = world;
    expect(await show(world, pki.chain)).toMatchObject(accepted);
    expect(responder.asked.sort()).toEqual([pki.leaf, pki.sub2, pki.sub1].map(serialOf).sort());
    // The contract is known to be in a car from now on.
    expect(await getContract(ctx, EMAID)).toMatchObject({
      activated_at: '2026-06-01T12:00:00.000Z',
      expires_at: '2036-01-01T00:00:00.000Z',
      certificate: { serial_number: serialOf(pki.leaf) },
    });
    expect(recordedEvents(ctx).map(({ type }) => type)).toEqual(
      expect.arrayContaining(['pnc.contract_provisioned', 'authorization.accepted']),
    );
    expect(capabilitiesOf(await getCharger(ctx, 'CP-1')).plug_and_charge).toBe(true);
  });

  test('costs no question again until its issuers may have changed their minds', async () => {
    const world = await aPncWorld();
    const { pki, responder, ctx } = world;
    await show(world, pki.chain);
    await show(world, pki.chain);
    expect(responder.asked).toHaveLength(3);
    responder.revoked.add(serialOf(pki.leaf));
    expect(await show(world, pki.chain)).toMatchObject(accepted);
    // nextUpdate was 8 June, 00:00 UTC.
    ctx.tick(Date.parse('2026-06-08T00:01:00Z') - ctx.now().getTime());
    responder.now = ctx.now;
    responder.nextUpdate = new Date('2026-06-15T00:00:00Z');
    expect(await show(world, pki.chain)).toMatchObject({ certificateStatus: 'CertificateRevoked' });
  });

  test.each(['de-8aa-ca2b3c4d5-l', 'DE8AACA2B3C4D5L', ' DE8AACA2B3C4D5'])(
    'is of its eMAID, spelled "%s"',
    async (spelled) => {
      const world = await aPncWorld();
      const token = { idToken: spelled, type: 'eMAID' };
      expect(await show(world, world.pki.chain, token)).toMatchObject(accepted);
    },
  );

  test('is refused where the certificate is of another contract', async () => {
    const world = await aPncWorld();
    const other = { idToken: 'FRXYZ1234567892', type: 'eMAID' };
    expect(await show(world, world.pki.chain, other)).toEqual(unverifiable);
  });

  test('is refused where it leads to no root of this organization', async () => {
    const world = await aPncWorld();
    expect(await show(world, (await aPki()).chain)).toEqual(unverifiable);
    const stranger = world.ctx.as({
      tenantId: 'other',
      organization: { accept_unknown_tokens: true },
    });
    expect((await getContract(world.ctx, EMAID)).activated_at).toBeNull();
    const proof = { emaid: EMAID, chain: world.pki.chain, questions: [] };
    expect(await checkContract(stranger, proof)).toBe('unverifiable');
    expect(await checkContract(world.ctx, proof)).toBe('valid');
  });

  test('is refused where its certificate has expired, and says so', async () => {
    const world = await aPncWorld();
    const { sub2, sub1 } = world.pki;
    const old = await issue({ name: EMAID, by: sub2, notAfter: '2026-05-01T00:00:00Z' });
    expect(await show(world, chainOf(old, sub2, sub1))).toEqual({
      idTokenInfo: { status: 'Expired' },
      certificateStatus: 'CertificateExpired',
    });
  });

  test.each([
    ['its own', 'leaf'],
    ['that of a sub-CA', 'sub1'],
  ] as const)('is refused where an issuer has revoked %s', async (_, which) => {
    const world = await aPncWorld();
    world.responder.revoked.add(serialOf(world.pki[which]));
    expect(await show(world, world.pki.chain)).toEqual({
      idTokenInfo: { status: 'Invalid' },
      certificateStatus: 'CertificateRevoked',
    });
  });

  test('needs no responder where its certificate names none', async () => {
    const world = await aPncWorld();
    const { root, sub1, sub2 } = world.pki;
    const silent = await issue({ name: EMAID, by: sub2 });
    expect(await show(world, chainOf(silent, sub2, sub1))).toMatchObject(accepted);
    expect(world.responder.asked).toHaveLength(2);
    expect(root.pem).not.toBe(sub1.pem);
  });

  test.each<[string, (responder: OcspResponder, leaf: string) => void]>([
    ['does not know it', ({ unknown }, leaf) => unknown.add(leaf)],
    ['fails', (responder) => Object.assign(responder, { instead: sends(500) })],
    [
      'answers noise',
      (responder) => Object.assign(responder, { instead: sends(200, Buffer.from('<html>')) }),
    ],
    [
      'answers without end',
      (responder) => Object.assign(responder, { instead: sends(200, Buffer.alloc(1_000_000, 48)) }),
    ],
    [
      'answers yesterday’s news',
      (responder) => Object.assign(responder, { nextUpdate: new Date('2026-05-31T00:00:00Z') }),
    ],
  ])('is refused where the responder %s', async (_, spoil) => {
    const world = await aPncWorld();
    spoil(world.responder, serialOf(world.pki.leaf));
    expect(await show(world, world.pki.chain)).toEqual(unverifiable);
  });

  test.each([
    ['nothing', ''],
    ['noise', 'certificate'],
    ['a broken one', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----'],
  ])('is refused where the chain is %s, and never fails the charger', async (_, chain) => {
    expect(await show(await aPncWorld(), chain)).toEqual(unverifiable);
  });

  test('is refused where it was signed with a key that is not its issuer’s', async () => {
    const world = await aPncWorld();
    const { sub2, sub1 } = world.pki;
    const forged = await issue({ name: EMAID, by: { ...sub2, keys: await aKeyPair() } });
    expect(await show(world, chainOf(forged, sub2, sub1))).toEqual(unverifiable);
  });

  test('is told of in the list of authorizations, refused ones too', async () => {
    const world = await aPncWorld();
    await show(world, 'noise');
    expect(recordedEvents(world.ctx).at(-1)).toMatchObject({ type: 'authorization.rejected' });
  });
});
