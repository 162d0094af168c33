import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { derElement } from '#simulator/certificates/der.ts';

type Keys = { publicKey: KeyObject; privateKey: KeyObject };
export type Made = { pem: string; name: string; keys: Keys };

const SEQUENCE = 0x30;
const hex = (text: string) => Buffer.from(text, 'hex');
const ECDSA = derElement(SEQUENCE, derElement(0x06, hex('2a8648ce3d040302')));
const RSA = derElement(SEQUENCE, derElement(0x06, hex('2a864886f70d01010b')), hex('0500'));
const nameOf = (text: string) =>
  derElement(
    SEQUENCE,
    derElement(
      0x31,
      derElement(SEQUENCE, derElement(0x06, hex('550403')), derElement(0x0c, Buffer.from(text))),
    ),
  );
const utc = (text: string) => derElement(0x17, Buffer.from(text));

/** Basic constraints: may sign certificates. */
const CA = derElement(
  0xa3,
  derElement(
    SEQUENCE,
    derElement(SEQUENCE, hex('0603551d13'), hex('0101ff'), derElement(0x04, hex('30030101ff'))),
  ),
);

/** A certificate made for a test, from 2025 to the end of 2049: its own issuer, unless there is one. */
export function aCertificate(wanted: {
  name: string;
  keys?: Keys;
  publicKey?: KeyObject;
  issuer?: Made;
  serial?: string;
}): Made {
  const keys = wanted.keys ?? generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const issuer = wanted.issuer ?? { name: wanted.name, keys };
  const algorithm = issuer.keys.privateKey.asymmetricKeyType === 'rsa' ? RSA : ECDSA;
  const body = derElement(
    SEQUENCE,
    derElement(0xa0, derElement(0x02, Buffer.of(2))),
    derElement(0x02, hex(wanted.serial ?? '0a1b')),
    algorithm,
    nameOf(issuer.name),
    derElement(SEQUENCE, utc('250101000000Z'), utc('491231235959Z')),
    nameOf(wanted.name),
    (wanted.publicKey ?? keys.publicKey).export({ type: 'spki', format: 'der' }),
    ...(wanted.issuer ? [] : [CA]),
  );
  const signature = sign('sha256', body, issuer.keys.privateKey);
  const der = derElement(SEQUENCE, body, algorithm, derElement(0x03, Buffer.of(0), signature));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  const pem = ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
  return { pem, name: wanted.name, keys };
}
