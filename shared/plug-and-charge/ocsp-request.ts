import { CertID, OCSPRequest, Request, TBSRequest } from '@peculiar/asn1-ocsp';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { AlgorithmIdentifier } from '@peculiar/asn1-x509';
import type { HashAlgorithm, HashData } from '#shared/plug-and-charge/hash-data.ts';

export const HASH_OIDS: Readonly<Record<HashAlgorithm, string>> = {
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
};
const HASH_BYTES: Readonly<Record<HashAlgorithm, number>> = { sha256: 32, sha384: 48, sha512: 64 };

/**
 * The OCSP request (RFC 6960 §4.1) about one certificate, DER; undefined where the hash data name none.
 * Without a nonce: answers are kept for others who ask the same, and responders sign them in advance.
 */
export function ocspRequest(hash: HashData): Uint8Array | undefined {
  const { algorithm, issuer_name_hash, issuer_key_hash, serial_number } = hash;
  const name = bytesOf(issuer_name_hash, HASH_BYTES[algorithm]);
  const key = bytesOf(issuer_key_hash, HASH_BYTES[algorithm]);
  const serialNumber = integerOf(serial_number);
  if (!name || !key || !serialNumber) return undefined;
  const reqCert = new CertID({
    hashAlgorithm: new AlgorithmIdentifier({ algorithm: HASH_OIDS[algorithm], parameters: null }),
    issuerNameHash: new OctetString(name),
    issuerKeyHash: new OctetString(key),
    serialNumber,
  });
  const tbsRequest = new TBSRequest({ requestList: [new Request({ reqCert })] });
  return new Uint8Array(AsnConvert.serialize(new OCSPRequest({ tbsRequest })));
}

function bytesOf(hex: string, length: number): Uint8Array<ArrayBuffer> | undefined {
  if (hex.length !== 2 * length || !/^[0-9a-f]+$/i.test(hex)) return undefined;
  return Uint8Array.from(Buffer.from(hex, 'hex'));
}

/** A positive number as DER has it: whole bytes, the first below 128. */
function integerOf(hex: string): ArrayBuffer | undefined {
  if (!/^[0-9a-f]{1,40}$/i.test(hex)) return undefined;
  const digits = hex.replace(/^0+(?=.)/, '');
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  return Uint8Array.from(Buffer.from(/^[89a-f]/i.test(even) ? `00${even}` : even, 'hex')).buffer;
}
