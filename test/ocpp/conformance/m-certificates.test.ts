import { describe, expect, test } from 'vitest';
import { endpoint as getCommand } from '#functions/api/commands/get-command.ts';
import { endpoint as sendRaw } from '#functions/api/commands/send-raw-ocpp-message.ts';
import { endpoint as deleteCertificate } from '#functions/api/plug-and-charge/delete-charger-certificate.ts';
import { endpoint as install } from '#functions/api/plug-and-charge/install-charger-certificate.ts';
import { endpoint as listCertificates } from '#functions/api/plug-and-charge/list-charger-certificates.ts';
import { call } from '#test/support/call.ts';
import { aPki } from '#test/support/pnc-pki.ts';
import { aStation, type Station } from '#test/support/station-201.ts';

const params = { charger_id: 'CP-1' };

async function installed(station: Station, kind: string, status = 'Accepted') {
  const { root } = await aPki({ responderUrl: 'http://127.0.0.1:1/' });
  const body = { kind, certificate: root.pem };
  const { body: queued } = await call(station.ctx, install, { params, body });
  const asked = await station.asked('InstallCertificate');
  await station.reply(asked, { status });
  const { body: command } = await call(station.ctx, getCommand, {
    params: { command_id: queued['id'] },
  });
  return { certificateType: asked.payload['certificateType'], command };
}

/** The station tells what it has. */
async function told(station: Station, hashAlgorithm: string, kind = 'CSMSRootCertificate') {
  const certificateHashData = {
    hashAlgorithm,
    issuerNameHash: 'ab'.repeat(32),
    issuerKeyHash: 'cd'.repeat(32),
    serialNumber: '7',
  };
  const query = { refresh: 'true' };
  await call(station.ctx, listCertificates, { params, query });
  const asked = await station.asked('GetInstalledCertificateIds');
  await station.reply(asked, {
    status: 'Accepted',
    certificateHashDataChain: [{ certificateType: kind, certificateHashData }],
  });
  const { body } = await call(station.ctx, listCertificates, { params });
  const certificates = body['certificates'] as { id: string; kind: string }[];
  return { asked, certificates, certificateHashData };
}

describe('a root', () => {
  test.each([
    ['TC_M_01_CSMS: of the platform is installed', 'csms', 'CSMSRootCertificate'],
    [
      'TC_M_02_CSMS: of the manufacturer is installed',
      'manufacturer',
      'ManufacturerRootCertificate',
    ],
  ])('%s', async (_, kind, certificateType) => {
    const station = await aStation();
    expect(await installed(station, kind)).toMatchObject({
      certificateType,
      command: { status: 'completed' },
    });
  });

  test('TC_M_05_CSMS: is not installed', async () => {
    const station = await aStation();
    expect(await installed(station, 'csms', 'Failed')).toMatchObject({
      command: { status: 'rejected' },
    });
  });
});

describe('what certificates a station has', () => {
  const raw = async (station: Station, payload: object, answer: object) => {
    const body = { action: 'GetInstalledCertificateIds', payload };
    const { body: queued } = await call(station.ctx, sendRaw, { params, body });
    const asked = await station.asked('GetInstalledCertificateIds');
    expect(asked.payload).toEqual(payload);
    await station.reply(asked, answer);
    return (await call(station.ctx, getCommand, { params: { command_id: queued['id'] } })).body;
  };
  const MANUFACTURER = { certificateType: ['ManufacturerRootCertificate'] };

  test('TC_M_13_CSMS: is asked by their kind', async () => {
    const station = await aStation();
    const command = await raw(station, MANUFACTURER, { status: 'Accepted' });
    expect(command).toMatchObject({ status: 'completed' });
  });

  test('TC_M_18_CSMS: is asked of all kinds, and shown', async () => {
    const station = await aStation();
    const { asked, certificates } = await told(station, 'SHA256');
    expect(asked.payload).toEqual({});
    expect(certificates).toMatchObject([{ kind: 'csms' }]);
  });

  test('TC_M_19_CSMS: may be none', async () => {
    const station = await aStation();
    await raw(station, MANUFACTURER, { status: 'NotFound' });
    const { body } = await call(station.ctx, listCertificates, { params });
    expect(body['certificates']).toEqual([]);
  });
});

describe('a certificate', () => {
  const deletion = async (station: Station, hashAlgorithm: string, status: string) => {
    const { certificates, certificateHashData } = await told(station, hashAlgorithm);
    const [certificate] = certificates;
    await call(station.ctx, deleteCertificate, {
      params: { ...params, certificate_id: certificate?.id },
    });
    const asked = await station.asked('DeleteCertificate');
    expect(asked.payload).toEqual({ certificateHashData });
    await station.reply(asked, { status });
    const { body } = await call(station.ctx, listCertificates, { params });
    return body['total'];
  };

  test.each(['SHA256', 'SHA384', 'SHA512'])(
    'TC_M_20_CSMS: is deleted by the name the station gave it',
    async (algorithm) => {
      expect(await deletion(await aStation(), algorithm, 'Accepted')).toBe(0);
    },
  );

  test('TC_M_21_CSMS: is not deleted', async () => {
    expect(await deletion(await aStation(), 'SHA256', 'Failed')).toBe(1);
  });
});
