import {
  AuthorityKeyIdentifierExtension,
  type Extension,
  Name,
  PublicKey,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '#shared/certificates/x509.ts';

/** A key on P-256 that signs, wherever it lies. */
export interface Signer {
  /** SubjectPublicKeyInfo of the key, DER. */
  readonly publicKey: Uint8Array;
  /** ECDSA with SHA-256 over these bytes; r and s, 32 bytes each. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/** An authority: the key, the certificate that names it, and those between it and its root. */
export interface Issuer extends Signer {
  /** PEM, its own certificate first. */
  readonly chain: string;
}

/** A distinguished name, in order. Values are taken as they are, whatever characters they hold. */
export type Subject = readonly { readonly type: 'CN' | 'O' | 'DC'; readonly value: string }[];

export interface Contents {
  readonly subject: Subject;
  readonly publicKey: Uint8Array;
  readonly serialNumber: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly extensions: readonly Extension[];
}

/**
 * The certificate, DER, under the issuer's certificate (PEM; empty for a root). The library signs only with a key it holds, so the certificate is written twice:
 * first for the bytes to be signed, then with the signature that came back.
 */
export async function writeCertificate(
  signer: Signer,
  issuer: string,
  contents: Contents,
): Promise<Uint8Array> {
  const by = issuer === '' ? undefined : new X509Certificate(issuer);
  const authority = by ? by.publicKey : new PublicKey(new Uint8Array(signer.publicKey));
  const write = async (signature: Uint8Array) => {
    const certificate = await X509CertificateGenerator.create({
      serialNumber: contents.serialNumber,
      subject: nameOf(contents.subject),
      issuer: by ? by.subjectName : nameOf(contents.subject),
      notBefore: contents.notBefore,
      notAfter: contents.notAfter,
      publicKey: new PublicKey(new Uint8Array(contents.publicKey)),
      signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
      signature: new Uint8Array(signature),
      extensions: [
        ...contents.extensions,
        await SubjectKeyIdentifierExtension.create(
          new PublicKey(new Uint8Array(contents.publicKey)),
        ),
        await AuthorityKeyIdentifierExtension.create(authority),
      ],
    });
    return new Uint8Array(certificate.rawData);
  };
  const draft = await write(new Uint8Array(64).fill(1));
  return write(await signer.sign(toBeSigned(draft)));
}

/** X.520 gives each 64 characters. */
const LONGEST = 64;

const nameOf = (subject: Subject): Name =>
  new Name(
    subject.map(({ type, value }) => ({
      [type]: [{ [type === 'DC' ? 'ia5String' : 'utf8String']: value.slice(0, LONGEST) }],
    })),
  );

/** The first element of a certificate's sequence (RFC 5280 §4.1), header included. */
function toBeSigned(der: Uint8Array): Uint8Array {
  const outer = headerLength(der, 0);
  const inner = headerLength(der, outer.bytes);
  return der.subarray(outer.bytes, outer.bytes + inner.bytes + inner.length);
}

function headerLength(der: Uint8Array, at: number): { bytes: number; length: number } {
  const first = der[at + 1] ?? 0;
  if (first < 0x80) return { bytes: 2, length: first };
  const more = der.subarray(at + 2, at + 2 + (first & 0x7f));
  return { bytes: 2 + more.length, length: more.reduce((sum, byte) => sum * 256 + byte, 0) };
}
