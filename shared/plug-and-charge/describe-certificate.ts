import { type Context, isoNow } from '#shared/core/context.ts';
import { type Certificate, oneLine } from '#shared/plug-and-charge/certificate.ts';
import type { InstalledCertificate } from '#shared/plug-and-charge/charger-certificate.ts';

/** What people want to know of a certificate, and its text. */
export const detailsOf = (certificate: Certificate) => ({
  subject: oneLine(certificate.x509.subject),
  issuer: oneLine(certificate.x509.issuer),
  serial_number: certificate.serialNumber,
  fingerprint: certificate.fingerprint,
  not_before: certificate.notBefore.toISOString(),
  not_after: certificate.notAfter.toISOString(),
  pem: certificate.pem,
});
export type CertificateDetails = ReturnType<typeof detailsOf>;

export const isSelfSigned = ({ issuerName, subjectName }: Certificate): boolean =>
  Buffer.compare(issuerName, subjectName) === 0;

/** The row before, if there is one, as the beginning of the next. */
export const stamped = (ctx: Context, before: InstalledCertificate | undefined) => ({
  ...before,
  created_at: before?.created_at ?? isoNow(ctx),
  updated_at: isoNow(ctx),
  version: (before?.version ?? 0) + 1,
});
