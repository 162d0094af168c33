import { describe, expect, it } from 'vitest';
import { PaperCharger } from '#test/simulator/paper-charger.ts';
import { sandboxCharger } from '#test/simulator/sandbox-charger.ts';

const VENDOR = 'org.openchargealliance.iso15118pnc';
const HASH = {
  hashAlgorithm: 'SHA256' as const,
  issuerNameHash: 'a'.repeat(64),
  issuerKeyHash: 'b'.repeat(64),
  serialNumber: '1f',
  responderURL: 'http://ocsp.example',
};
const contract = { emaid: 'INMAGC00000001', certificate: 'PEM', hashData: [HASH] };
const plugged = (one: PaperCharger) =>
  one.online().happens({ type: 'plug_in', connectorId: 1, contract });
const charger16 = (plugAndCharge = true) =>
  new PaperCharger({ ...sandboxCharger('BLR-014'), plugAndCharge });
const transfer = (one: PaperCharger, messageId: string, data: object) => {
  const message = { vendorId: VENDOR, messageId, data: JSON.stringify(data) };
  return one.call('DataTransfer', message)[2];
};

describe('a car that pays by contract', () => {
  it('is authorized by its eMAID, its certificate and its hashes, and charges', () => {
    const one = plugged(new PaperCharger(sandboxCharger('BLR-015')));
    expect(one.of('Authorize')).toEqual([
      {
        idToken: { idToken: 'INMAGC00000001', type: 'eMAID' },
        certificate: 'PEM',
        iso15118CertificateHashData: [HASH],
      },
    ]);
    expect(one.of('TransactionEvent')[0]).toMatchObject({
      eventType: 'Started',
      idToken: { type: 'eMAID' },
    });
  });

  it('keeps its certificate to itself where the charger is to check it', () => {
    const variables = { 'ISO15118Ctrlr.CentralContractValidationAllowed': 'false' };
    const one = plugged(new PaperCharger(sandboxCharger('BLR-015'), { variables }));
    expect(one.of('Authorize')[0]).not.toHaveProperty('certificate');
  });

  it('does not charge with a contract that was revoked', () => {
    const one = new PaperCharger(sandboxCharger('BLR-015'));
    one.answers['Authorize'] = () => ({
      idTokenInfo: { status: 'Accepted' },
      certificateStatus: 'CertificateRevoked',
    });
    expect(plugged(one).actions()).not.toContain('TransactionEvent');
  });

  it('is authorized in 1.6 through DataTransfer, and charges under its eMAID', () => {
    const one = charger16();
    one.answers['DataTransfer'] = () => ({
      status: 'Accepted',
      data: JSON.stringify({ idTokenInfo: { status: 'Accepted' } }),
    });
    const [asked] = plugged(one).of('DataTransfer');
    expect(asked).toMatchObject({ vendorId: VENDOR, messageId: 'Authorize' });
    expect(JSON.parse(String(asked?.['data']))).toMatchObject({
      idToken: { idToken: 'INMAGC00000001', type: 'eMAID' },
    });
    expect(one.of('StartTransaction')).toMatchObject([{ idTag: 'INMAGC00000001' }]);
  });

  it('is any other tag to a 1.6 charger without Plug & Charge', () => {
    const one = plugged(charger16(false));
    expect(one.of('Authorize')).toEqual([{ idTag: 'INMAGC00000001' }]);
    expect(transfer(one, 'InstallCertificate', {})).toEqual({ status: 'UnknownVendorId' });
  });
});

describe('Plug & Charge in 1.6', () => {
  it('answers its messages as 2.0.1 would, written as text', () => {
    const one = charger16().online();
    expect(transfer(one, 'GetInstalledCertificateIds', {})).toEqual({
      status: 'Accepted',
      data: '{"status":"NotFound"}',
    });
    const certificate = { certificateType: 'V2GRootCertificate', certificate: 'none' };
    expect(transfer(one, 'InstallCertificate', certificate)).toEqual({
      status: 'Accepted',
      data: '{"status":"Rejected"}',
    });
    expect(transfer(one, 'InstallCertificate', {})).toEqual({ status: 'Rejected' });
    expect(transfer(one, 'Levitate', {})).toEqual({ status: 'UnknownMessageId' });
  });

  it('asks for a certificate to show to cars when it is triggered', () => {
    const one = charger16().online();
    const trigger = { requestedMessage: 'SignV2GCertificate' };
    expect(transfer(one, 'TriggerMessage', trigger)).toMatchObject({ status: 'Accepted' });
    one.happens({ type: 'csr', use: 'v2g', pem: 'CSR', privateKey: 'KEY' });
    const [asked] = one.of('DataTransfer');
    expect(JSON.parse(String(asked?.['data']))).toEqual({
      csr: 'CSR',
      certificateType: 'V2GCertificate',
    });
  });
});

describe('what a car asks of the platform through a charger', () => {
  it('is whether a certificate still holds, and a new contract', () => {
    const one = new PaperCharger(sandboxCharger('BLR-015')).online();
    one.answers['GetCertificateStatus'] = () => ({ status: 'Accepted', ocspResult: 'OCSP' });
    one.answers['Get15118EVCertificate'] = () => ({ status: 'Accepted', exiResponse: 'EXI' });
    one.happens({ type: 'certificate_status', hash: HASH });
    one.happens({ type: 'ev_certificate', action: 'Install', exiRequest: 'ASK' });
    expect(one.of('GetCertificateStatus')).toEqual([{ ocspRequestData: HASH }]);
    expect(one.of('Get15118EVCertificate')).toMatchObject([{ action: 'Install' }]);
    expect(one.state.store).toMatchObject({ ocspResult: 'OCSP', exiResponse: 'EXI' });
  });
});
