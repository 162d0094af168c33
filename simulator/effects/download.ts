import { constants, createHash, verify, X509Certificate } from 'node:crypto';
import type { DownloadedFile } from '#simulator/input.ts';

const PATIENCE_MS = 300_000;

type Wanted = { url: string; signingCertificate: string | null; signature: string | null };

/** Fetches a file over HTTP and says what it is; null where it cannot be had. */
export async function download(wanted: Wanted): Promise<DownloadedFile | null> {
  try {
    const response = await fetch(wanted.url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!response.ok) {
      await response.body?.cancel();
      return null;
    }
    const bytes = Buffer.from(await response.arrayBuffer());
    return {
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      md5: createHash('md5').update(bytes).digest('hex'),
      version: versionOf(wanted.url, response.headers),
      signatureValid: checkSignature(bytes, wanted),
    };
  } catch {
    return null;
  }
}

/** As a header says, else as the file's name says: `MX-3.5.0.bin` holds 3.5.0. */
function versionOf(url: string, headers: Headers): string | null {
  const named = headers.get('x-firmware-version');
  if (named) return named;
  const disposition = /filename="?([^";]+)/.exec(headers.get('content-disposition') ?? '')?.[1];
  const name = disposition ?? new URL(url).pathname.split('/').at(-1) ?? '';
  return /\d+\.\d+(?:\.\d+)*(?:-[a-z]+\d*)?/i.exec(name)?.[0] ?? null;
}

/** The vendor signs the SHA-256 of the image, with ECDSA or RSA of either padding. */
function checkSignature(bytes: Buffer, { signingCertificate, signature }: Wanted): boolean | null {
  if (signingCertificate === null || signature === null) return null;
  try {
    const key = new X509Certificate(signingCertificate).publicKey;
    const signed = Buffer.from(signature, 'base64');
    if (verify('sha256', bytes, key, signed)) return true;
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    return key.asymmetricKeyType === 'rsa' && verify('sha256', bytes, { key, padding }, signed);
  } catch {
    return false;
  }
}
