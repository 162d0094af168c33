import type { ClientCertificate } from '#shared/chargers/entrance.ts';
import type { OcppVersion } from '#shared/ocpp/version.ts';
import { spokenVersions } from '#shared/ocpp/vocabulary.ts';

/**
 * The identity is the last path segment, percent-encoded (OCPP-J 1.6 §3.1.1, 2.0.1 Part 4 §3.1.1);
 * decoded once. Undefined where it is no identity.
 */
export function readIdentity(segment: string): string | undefined {
  try {
    const identity = decodeURIComponent(segment);
    return /^[A-Za-z0-9][A-Za-z0-9._ *|=@+-]{0,47}$/.test(identity) ? identity : undefined;
  } catch {
    return undefined;
  }
}

/** The first of the offered subprotocols that we speak: the charger lists them as it prefers. */
export function chooseVersion(offered: string | undefined): OcppVersion | undefined {
  const spoken = spokenVersions();
  const names = (offered ?? '').split(',').map((name) => name.trim());
  return names.map((name) => spoken.find((v) => v === name)).find((v) => v !== undefined);
}

/**
 * What a Basic header carries. The password is bytes: split at the first colon, never read as UTF-8,
 * since a 1.6 AuthorizationKey may be 20 random ones.
 */
export function readBasic(
  header: string | undefined,
): { user: string; password: Uint8Array } | undefined {
  const match = /^Basic\s+([A-Za-z0-9+/=]+)\s*$/i.exec(header ?? '');
  if (!match?.[1]) return undefined;
  const bytes = Buffer.from(match[1], 'base64');
  const colon = bytes.indexOf(0x3a);
  if (colon < 0) return undefined;
  return { user: bytes.subarray(0, colon).toString('utf8'), password: bytes.subarray(colon + 1) };
}

type Headers = Readonly<Record<string, string>>;

/** Whether the edge says that the charger came over TLS. */
export const cameOverTls = (headers: Headers): boolean => headers['x-viewer-protocol'] === 'https';

/** The client certificate that the edge has verified, if the charger showed one. */
export function readClientCertificate(headers: Headers): ClientCertificate | undefined {
  const fingerprint = headers['x-viewer-cert-sha256']?.replaceAll(':', '').toLowerCase();
  if (!fingerprint || !/^[0-9a-f]{64}$/.test(fingerprint)) return undefined;
  const { 'x-viewer-cert-subject': subject = '', 'x-viewer-cert-issuer': issuer = '' } = headers;
  return { fingerprint, subject, issuer };
}
