import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { endpoint as remove } from '#functions/api/plug-and-charge/delete-charger-certificate.ts';
import { endpoint as install } from '#functions/api/plug-and-charge/install-charger-certificate.ts';
import { endpoint as list } from '#functions/api/plug-and-charge/list-charger-certificates.ts';
import { addRootCertificate } from '#shared/plug-and-charge/add-root-certificate.ts';
import { readChain } from '#shared/plug-and-charge/certificate.ts';
import { hashDataOf } from '#shared/plug-and-charge/hash-data.ts';
import { answering } from '#test/support/answering.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { anOnlineCharger, type FakeCharger } from '#test/support/fake-charger.ts';
import { recordedEvents } from '#test/support/outbox.ts';
import { issue } from '#test/support/pnc-pki.ts';
import { settle } from '#test/support/settle.ts';

const params = { charger_id: 'BLR-014' };
const root = await issue({ ca: true, name: 'V2G Root', pathLength: 3 });
const at = '2026-06-01T12:00:00.000Z';

async function aWorld() {
  const ctx = testContext({ at });
  const charger = await anOnlineCharger(ctx, 'BLR-014', { version: '2.0.1' });
  return { ctx, charger };
}

const listed = async (ctx: TestContext) => (await call(ctx, list, { params })).body;
const installRoot = (ctx: TestContext, body: object) => call(ctx, install, { params, body });
const last = (charger: FakeCharger) => {
  const { action, payload } = charger.calls().at(-1) ?? {};
  return { action, payload };
};
/** The hash data of a root as a charger reckons them. */
function hashBy(algorithm: 'sha256' | 'sha384' | 'sha512', pem = root.pem) {
  const [ca] = readChain(pem);
  if (!ca) throw new Error('Nothing to read');
  const hash = hashDataOf(ca, ca, algorithm);
  return {
    hashAlgorithm: algorithm.toUpperCase(),
    issuerNameHash: hash.issuer_name_hash,
    issuerKeyHash: hash.issuer_key_hash,
    serialNumber: hash.serial_number,
  };
}
const typesOf = (ctx: TestContext) => recordedEvents(ctx).map(({ type }) => type);

describe('reading what a charger has', () => {
  // TC_M_18: all types at once, so none is named.
  test('asks for everything at once, and waits for it', async () => {
    const { ctx, charger } = await aWorld();
    const { id } = await addRootCertificate(ctx, {
      kind: 'v2g',
      certificate: root.pem,
      name: null,
    });
    const known = hashBy('sha384');
    const strange = { ...hashBy('sha256'), serialNumber: 'beef' };
    const answer = {
      status: 'Accepted',
      certificateHashDataChain: [
        { certificateType: 'V2GRootCertificate', certificateHashData: known },
        {
          certificateType: 'V2GCertificateChain',
          certificateHashData: strange,
          childCertificateHashData: [known],
        },
      ],
    };
    const query = { refresh: true };
    const headers = { prefer: 'wait=5' };
    const world = answering(ctx, charger, answer);
    const { status, body, headers: sent } = await call(world, list, { params, query, headers });
    expect([status, sent['Preference-Applied']]).toEqual([200, 'wait=5']);
    expect(last(charger)).toEqual({ action: 'GetInstalledCertificateIds', payload: {} });
    expect(body['refresh']).toMatchObject({ type: 'read_certificates', status: 'completed' });
    expect(body['certificates']).toMatchObject([
      {
        kind: 'v2g',
        root_certificate_id: id,
        subject: 'CN=V2G Root, O=Test, DC=V2G',
        hash: { algorithm: 'sha384', serial_number: known.serialNumber },
        reported_at: at,
      },
      {
        kind: 'v2g_chain',
        subject: null,
        hash: { serial_number: 'beef' },
        children: [{ algorithm: 'sha384' }],
      },
    ]);
  });

  test('answers what is known where nobody waits', async () => {
    const { ctx, charger } = await aWorld();
    const { body } = await call(ctx, list, { params, query: { refresh: true } });
    expect(body).toMatchObject({ certificates: [], refresh: { status: 'sent' } });
    expect(charger.calls()).toHaveLength(1);
  });

  // TC_M_19.
  test('forgets what the charger no longer has', async () => {
    const { ctx, charger } = await aWorld();
    await installRoot(ctx, { kind: 'csms', certificate: root.pem });
    await charger.answer({ status: 'Accepted' });
    await call(ctx, list, { params, query: { refresh: true } });
    await charger.answer({ status: 'NotFound' });
    expect((await listed(ctx))['certificates']).toEqual([]);
  });

  test('takes a charger that hashes otherwise than we for what it is: the same certificate', async () => {
    const { ctx, charger } = await aWorld();
    await installRoot(ctx, { kind: 'csms', certificate: root.pem });
    await charger.answer({ status: 'Accepted' });
    await call(ctx, list, { params, query: { refresh: true } });
    await charger.answer({
      status: 'Accepted',
      certificateHashDataChain: [
        { certificateType: 'CSMSRootCertificate', certificateHashData: hashBy('sha512') },
      ],
    });
    expect((await listed(ctx))['certificates']).toMatchObject([
      { subject: 'CN=V2G Root, O=Test, DC=V2G', installed_at: at, hash: { algorithm: 'sha512' } },
    ]);
  });
});

describe('deleting a certificate from a charger', () => {
  /** A charger that has told of one root, by this algorithm. */
  async function told(algorithm: 'sha256' | 'sha384' | 'sha512') {
    const { ctx, charger } = await aWorld();
    const hash = { ...hashBy(algorithm), serialNumber: '00AbC' };
    await call(ctx, list, { params, query: { refresh: true } });
    await charger.answer({
      status: 'Accepted',
      certificateHashDataChain: [
        { certificateType: 'CSMSRootCertificate', certificateHashData: hash },
      ],
    });
    const [one] = z.array(z.object({ id: z.string() })).parse((await listed(ctx))['certificates']);
    return { ctx, charger, hash, certificate_id: one?.id };
  }

  // TC_M_20, M04.FR.07: with the very hash data that the charger gave.
  test.each(['sha256', 'sha384', 'sha512'] as const)(
    'names it as the charger did: %s',
    async (by) => {
      const { ctx, charger, hash, certificate_id } = await told(by);
      const reply = await call(ctx, remove, { params: { ...params, certificate_id } });
      expect([reply.status, reply.body['type']]).toEqual([202, 'delete_certificate']);
      expect(last(charger)).toEqual({
        action: 'DeleteCertificate',
        payload: { certificateHashData: hash },
      });
      await charger.answer({ status: 'Accepted' });
      expect((await listed(ctx))['certificates']).toEqual([]);
      await settle(ctx);
      expect(typesOf(ctx).filter((type) => type === 'certificate.deleted')).toHaveLength(1);
    },
  );

  // TC_M_21.
  test('that fails leaves it where it is', async () => {
    const { ctx, charger, certificate_id } = await told('sha256');
    await call(ctx, remove, { params: { ...params, certificate_id } });
    await charger.answer({ status: 'Failed' });
    expect((await listed(ctx))['total']).toBe(1);
  });

  test('that the charger does not have takes it off the list, and tells nobody', async () => {
    const { ctx, charger, certificate_id } = await told('sha256');
    await call(ctx, remove, { params: { ...params, certificate_id } });
    await charger.answer({ status: 'NotFound' });
    expect((await listed(ctx))['total']).toBe(0);
    expect(typesOf(ctx)).not.toContain('certificate.deleted');
  });

  test('can be followed by installing it again', async () => {
    const { ctx, charger } = await aWorld();
    for (const _ of [1, 2]) {
      await installRoot(ctx, { kind: 'csms', certificate: root.pem });
      await charger.answer({ status: 'Accepted' });
      const [one] = z
        .array(z.object({ id: z.string() }))
        .parse((await listed(ctx))['certificates']);
      await call(ctx, remove, { params: { ...params, certificate_id: one?.id } });
      await charger.answer({ status: 'Accepted' });
    }
    await settle(ctx);
    expect(typesOf(ctx).filter((type) => /^certificate\./.test(type))).toEqual([
      'certificate.installed',
      'certificate.deleted',
      'certificate.installed',
      'certificate.deleted',
    ]);
  });

  test('is refused for one that is not in its list', async () => {
    const { ctx } = await aWorld();
    const reply = await call(ctx, remove, { params: { ...params, certificate_id: 'crt_1' } });
    expect(reply.status).toBe(404);
  });
});
