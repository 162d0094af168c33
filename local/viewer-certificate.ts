import type { X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import { distinguishedName } from '#shared/certificates/distinguished-name.ts';

/**
 * What CloudFront says of a viewer's connection, said of ours. The names of the headers are CloudFront's;
 * the function at the edge reads them.
 */
export function viewerHeaders({ socket }: IncomingMessage): Record<string, string> {
  if (!(socket instanceof TLSSocket)) return { 'cloudfront-forwarded-proto': 'http' };
  const certificate = socket.authorized ? socket.getPeerX509Certificate() : undefined;
  return {
    'cloudfront-forwarded-proto': 'https',
    'cloudfront-viewer-cert-present': certificate ? '1' : '0',
    ...(certificate ? certificateHeaders(certificate) : {}),
  };
}

export const certificateHeaders = (certificate: X509Certificate): Record<string, string> => ({
  'cloudfront-viewer-cert-sha256': certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
  'cloudfront-viewer-cert-serial-number': certificate.serialNumber.toLowerCase(),
  'cloudfront-viewer-cert-subject': distinguishedName(certificate.subject),
  'cloudfront-viewer-cert-issuer': distinguishedName(certificate.issuer),
});
