import * as z from 'zod';

/** Of whom a certificate is, for a platform that checks it: part of an OCSP request. */
export const CertificateHash = z.object({
  hashAlgorithm: z.enum(['SHA256', 'SHA384', 'SHA512']),
  issuerNameHash: z.string(),
  issuerKeyHash: z.string(),
  serialNumber: z.string(),
});
export type CertificateHash = z.infer<typeof CertificateHash>;

/** The contract by which a car pays (ISO 15118 Plug & Charge). */
export const Contract = z.object({
  emaid: z.string(),
  certificate: z.string().optional(),
  hashData: z.array(CertificateHash.extend({ responderURL: z.string() })).optional(),
});
export type Contract = z.infer<typeof Contract>;
