import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readChain, UnreadableCertificate } from '#shared/plug-and-charge/certificate.ts';
import { certificateIdOf, hashDataOf, isIssuerOf } from '#shared/plug-and-charge/hash-data.ts';
import { ocspRequest } from '#shared/plug-and-charge/ocsp-request.ts';
import { aPki } from '#test/support/pnc-pki.ts';

const folder = join(import.meta.dirname, 'certificates');
const read = (file: string) => {
  const [certificate] = readChain(readFileSync(join(folder, file), 'utf8'));
  if (!certificate) throw new Error('Nothing to read');
  return certificate;
};
/** An issuer with an RSA key, and a T61 string in its name. */
const issuer = read('issuer.pem');
const contract = read('contract.pem');

// Expected: `openssl ocsp -issuer issuer.pem -cert contract.pem -sha256 -req_text`, and so on.
const byOpenssl = {
  sha256: {
    issuer_name_hash: '5115b6c3bc57db18a3ffcd9d37a6782b3cc4a16eaa0c5d22ba32f68e4ccf1dd8',
    issuer_key_hash: '0dc4dd6e485d1c2095c71f2793224a604c9047faa90663081c3d2a5cbdf15487',
  },
  sha384: {
    issuer_name_hash:
      '9111079ac75562d7fe45369ee65838b189e3a4476daa27508e3650440655692ee76515a2dafd872682554e4eb040a96e',
    issuer_key_hash:
      'b9768b5fe52252f28ca3bd45267da06bba152b055c596909e1318a9a90bc3e94567275410c5debfc7b5cae3e25939682',
  },
  sha512: {
    issuer_name_hash:
      'b71f51f336691cfa0b9cbb07731ea2cda8fd57be6cecc43d93e479b62c88146d3df93b6a33f6659ec4624e29a750c0394c72cc1544d1b2c5b4ee0f4823f334d6',
    issuer_key_hash:
      '9c3406fadaa7bb333c96824fb26eee4615492b04dd83a43ac276f4ab20da0b7756bec34baf4ef18a6851904d7ba337843407bb6d62781df0b8fb50fa88df9fde',
  },
} as const;

describe('the hash data of a certificate', () => {
  test.each(['sha256', 'sha384', 'sha512'] as const)(
    'are what openssl says, by %s',
    (algorithm) => {
      expect(hashDataOf(contract, issuer, algorithm)).toEqual({
        algorithm,
        ...byOpenssl[algorithm],
        // 0A1B2C3D4E5F without its leading zero.
        serial_number: 'a1b2c3d4e5f',
      });
      expect(isIssuerOf(issuer, { ...hashDataOf(contract, issuer, algorithm) })).toBe(true);
      expect(isIssuerOf(contract, hashDataOf(contract, issuer, algorithm))).toBe(false);
    },
  );

  test('of a root name the root itself', () => {
    expect(hashDataOf(issuer, issuer)).toEqual({
      algorithm: 'sha256',
      ...byOpenssl.sha256,
      serial_number: 'f1e2d3c4b5a69788',
    });
  });

  test('give one id, however they are spelled', () => {
    const hash = hashDataOf(contract, issuer);
    const shouted = {
      algorithm: hash.algorithm,
      issuer_name_hash: hash.issuer_name_hash.toUpperCase(),
      issuer_key_hash: hash.issuer_key_hash.toUpperCase(),
      serial_number: '0A1B2C3D4E5F',
    };
    expect(certificateIdOf(shouted)).toBe(certificateIdOf(hash));
    expect(certificateIdOf(hash)).toMatch(/^crt_[0-9a-f]{32}$/);
    expect(certificateIdOf(hashDataOf(contract, issuer, 'sha512'))).not.toBe(certificateIdOf(hash));
  });

  test('become the very OCSP request that openssl makes', () => {
    // `openssl ocsp … -no_nonce -reqout`
    expect(Buffer.from(ocspRequest(hashDataOf(contract, issuer)) ?? []).toString('hex')).toBe(
      '30633061305f305d305b300d060960864801650304020105000420' +
        `${byOpenssl.sha256.issuer_name_hash}0420${byOpenssl.sha256.issuer_key_hash}` +
        '02060a1b2c3d4e5f',
    );
  });

  test('ask after a serial number as a positive number', () => {
    const request = Buffer.from(ocspRequest(hashDataOf(issuer, issuer)) ?? []).toString('hex');
    expect(request.endsWith('020900f1e2d3c4b5a69788')).toBe(true);
  });

  test.each([
    { serial_number: '' },
    { serial_number: 'not hex' },
    { serial_number: 'a'.repeat(41) },
    { issuer_name_hash: 'abcd' },
    { issuer_key_hash: 'z'.repeat(64) },
  ])('ask nothing where they name no certificate: %o', (odd) => {
    expect(ocspRequest({ ...hashDataOf(contract, issuer), ...odd })).toBeUndefined();
  });
});

describe('a chain of certificates', () => {
  test('is read in its order, whatever stands around it', async () => {
    const { chain } = await aPki();
    const text = `Bag attributes\r\n${chain.replaceAll('\n', '\r\n')}\r\ntrailing`;
    const read = readChain(text);
    expect(read.map(({ commonName }) => commonName)).toEqual([
      'DE8AACA2B3C4D5',
      'MO Sub-CA 2',
      'MO Sub-CA 1',
    ]);
    expect(read.map(({ maySign, pathLength }) => [maySign, pathLength])).toEqual([
      [false, undefined],
      [true, 0],
      [true, 1],
    ]);
  });

  test.each([
    ['nothing', ''],
    ['no PEM', 'certificate'],
    ['no DER', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'],
    ['half a certificate', `${contract.pem.slice(0, 400)}\n-----END CERTIFICATE-----`],
    ['a key', contract.pem.replaceAll('CERTIFICATE', 'PRIVATE KEY')],
    ['a chain without end', contract.pem.repeat(9)],
  ])('is refused where it is %s', (_, text) => {
    expect(() => readChain(text)).toThrow(UnreadableCertificate);
  });
});
