import { describe, expect, test } from 'vitest';
import { endpoint as list } from '#functions/api/plug-and-charge/list-charger-certificates.ts';
import { capabilitiesOf } from '#shared/chargers/capabilities.ts';
import { getCharger } from '#shared/chargers/charger-view.ts';
import { call } from '#test/support/call.ts';
import { serialOf } from '#test/support/ocsp-responder.ts';
import { aSigningRequest } from '#test/support/pki.ts';
import { dataOf, heard, reply, say, vendorId } from '#test/support/pnc-16.ts';
import { EMAID } from '#test/support/pnc-pki.ts';
import { aPncWorld, hashesOf } from '#test/support/pnc-world.ts';
import { settle } from '#test/support/settle.ts';

const params = { charger_id: 'CP-1' };
const aWorld16 = () => aPncWorld({ version: 'ocpp1.6' });

describe('a 1.6 charger that speaks of Plug & Charge', () => {
  test('has the chain of a contract checked, as a 2.0.1 charger has', async () => {
    const { charger, ctx, pki, responder } = await aWorld16();
    const idToken = { idToken: EMAID, type: 'eMAID' };
    expect(await say(charger, 'Authorize', { idToken, certificate: pki.chain })).toMatchObject({
      status: 'Accepted',
      data: { idTokenInfo: { status: 'Accepted' }, certificateStatus: 'Accepted' },
    });
    expect(capabilitiesOf(await getCharger(ctx, 'CP-1')).plug_and_charge).toBe(true);
    const iso15118CertificateHashData = hashesOf(pki, responder.url);
    expect(await say(charger, 'Authorize', { idToken, iso15118CertificateHashData })).toMatchObject(
      {
        data: { certificateStatus: 'Accepted' },
      },
    );
    expect(responder.asked).toHaveLength(3);
    responder.revoked.add(serialOf(pki.sub1));
    ctx.tick(8 * 86_400_000);
    responder.now = ctx.now;
    responder.nextUpdate = undefined;
    expect(await say(charger, 'Authorize', { idToken, certificate: pki.chain })).toMatchObject({
      status: 'Accepted',
      data: { idTokenInfo: { status: 'Invalid' }, certificateStatus: 'CertificateRevoked' },
    });
  });

  test('is given the OCSP answer of a certificate', async () => {
    const { charger, pki, responder } = await aWorld16();
    const [ocspRequestData] = hashesOf(pki, responder.url);
    expect(await say(charger, 'GetCertificateStatus', { ocspRequestData })).toMatchObject({
      data: { status: 'Accepted', ocspResult: expect.stringMatching(/^MI/) },
    });
  });

  test('asks for a certificate to show to cars, and gets it the same way', async () => {
    const { charger, ctx } = await aWorld16();
    const csr = (await aSigningRequest()).pem;
    const asked = { csr, certificateType: 'V2GCertificate' };
    expect(await say(charger, 'SignCertificate', asked)).toEqual({
      status: 'Accepted',
      data: { status: 'Accepted' },
    });
    await settle(ctx);
    expect(await heard(charger)).toEqual([
      'CertificateSigned',
      {
        certificateType: 'V2GCertificate',
        certificateChain: expect.stringMatching(/^-----BEGIN CERTIFICATE-----/),
      },
    ]);
    await reply(charger, { status: 'Accepted' });
    const { body } = await call(ctx, list, { params });
    expect(body['certificates']).toMatchObject([{ kind: 'v2g_chain', hash: null }]);
  });

  test('is told that a message is unknown, or not as it should be', async () => {
    const { charger } = await aWorld16();
    expect((await say(charger, 'Nonsense', {})).status).toBe('UnknownMessageId');
    expect((await say(charger, 'BootNotification', {})).status).toBe('UnknownMessageId');
    for (const data of ['noise', '{"idToken":', '[]', 'null', { idToken: 'DE8AACA2B3C4D5' }])
      expect((await say(charger, 'Authorize', data)).status).toBe('Rejected');
    expect(await charger.call('DataTransfer', { vendorId, messageId: 'Authorize' })).toEqual({
      status: 'Rejected',
    });
    expect(await charger.call('DataTransfer', { vendorId })).toEqual({
      status: 'UnknownMessageId',
    });
  });

  // Gotcha 39.
  test('is understood where it sends the object itself in place of its text', async () => {
    const { charger } = await aWorld16();
    const data = { idToken: { idToken: EMAID, type: 'eMAID' } };
    const answer = await charger.call('DataTransfer', { vendorId, messageId: 'Authorize', data });
    expect(dataOf(answer)).toEqual({ idTokenInfo: { status: 'Accepted' } });
  });
});
