import { generateKeyPair, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { derElement } from '#simulator/certificates/der.ts';

const generate = promisify(generateKeyPair);

const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OBJECT_ID = 0x06;
const UTF8_STRING = 0x0c;
const CONTEXT_0 = 0xa0;
/** X.520: organizationName, commonName. */
const ORGANIZATION = '55040a';
const COMMON_NAME = '550403';
const ECDSA_WITH_SHA256 = '2a8648ce3d040302';

const objectId = (hex: string): Buffer => derElement(OBJECT_ID, Buffer.from(hex, 'hex'));

const nameOf = (parts: readonly (readonly [oid: string, value: string])[]): Buffer =>
  derElement(
    SEQUENCE,
    ...parts.map(([oid, value]) =>
      derElement(
        SET,
        derElement(SEQUENCE, objectId(oid), derElement(UTF8_STRING, Buffer.from(value))),
      ),
    ),
  );

/** A fresh key pair on P-256 and a request for a certificate of it, in PEM [RFC 2986]. */
export async function makeCsr(subject: {
  commonName: string;
  organization: string;
}): Promise<{ pem: string; privateKey: string }> {
  const keys = await generate('ec', { namedCurve: 'prime256v1' });
  const info = derElement(
    SEQUENCE,
    derElement(INTEGER, Buffer.of(0)),
    nameOf([
      [ORGANIZATION, subject.organization],
      [COMMON_NAME, subject.commonName],
    ]),
    keys.publicKey.export({ type: 'spki', format: 'der' }),
    derElement(CONTEXT_0),
  );
  const request = derElement(
    SEQUENCE,
    info,
    derElement(SEQUENCE, objectId(ECDSA_WITH_SHA256)),
    derElement(BIT_STRING, Buffer.of(0), sign('sha256', info, keys.privateKey)),
  );
  return { pem: inPem(request), privateKey: privatePem(keys.privateKey) };
}

const privatePem = (key: KeyObject): string =>
  key.export({ type: 'pkcs8', format: 'pem' }).toString();

function inPem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  const label = 'CERTIFICATE REQUEST';
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
