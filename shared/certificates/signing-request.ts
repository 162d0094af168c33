import { createPublicKey, type KeyObject } from 'node:crypto';
import { Pkcs10CertificateRequest } from '#shared/certificates/x509.ts';

/** A request no certificate is made of; `message` says why, to whoever runs the charger. */
export class SigningRequestError extends Error {
  override readonly name = 'SigningRequestError';
}

export interface SigningRequest {
  /** The common name it asks for, if it asks for one. */
  readonly commonName: string | undefined;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
}

const CURVES = ['prime256v1', 'secp384r1', 'secp521r1'];
const HASHES = ['SHA-256', 'SHA-384', 'SHA-512'];
/** A00.FR.509: RSA of 2048 bits or more. Above 8192 a signature takes seconds to check. */
const RSA_BITS = { least: 2048, most: 8192 };

/** Reads a request and proves that who made it holds its key. Throws {@link SigningRequestError}. */
export async function readSigningRequest(der: Uint8Array): Promise<SigningRequest> {
  const request = parse(der);
  const publicKey = new Uint8Array(request.publicKey.rawData);
  checkKey(publicKey);
  checkHash(request);
  if (!(await isSelfSigned(request)))
    throw new SigningRequestError('The request is not signed with the key it names.');
  const [commonName] = request.subjectName.getField('CN');
  return { commonName, publicKey };
}

function parse(der: Uint8Array): Pkcs10CertificateRequest {
  try {
    return new Pkcs10CertificateRequest(new Uint8Array(der));
  } catch {
    throw new SigningRequestError('This is no PKCS #10 request.');
  }
}

function checkKey(spki: Uint8Array): void {
  const key = keyOf(spki);
  const { modulusLength = 0, namedCurve = '' } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'rsa') {
    if (modulusLength < RSA_BITS.least || modulusLength > RSA_BITS.most)
      throw new SigningRequestError(`An RSA key of ${modulusLength} bits: 2048 to 8192 are taken.`);
  } else if (!CURVES.includes(namedCurve))
    throw new SigningRequestError('The key is neither RSA nor on curve P-256, P-384 or P-521.');
}

function keyOf(spki: Uint8Array): KeyObject {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  } catch {
    throw new SigningRequestError('The key of the request cannot be read.');
  }
}

function checkHash({ signatureAlgorithm }: Pkcs10CertificateRequest): void {
  const { hash } = signatureAlgorithm;
  if (!HASHES.includes(hash.name))
    throw new SigningRequestError('The request is signed with a hash weaker than SHA-256.');
}

async function isSelfSigned(request: Pkcs10CertificateRequest): Promise<boolean> {
  try {
    return await request.verify();
  } catch {
    return false;
  }
}
