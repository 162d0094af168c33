import * as z from 'zod';

/** Whom a root certificate vouches for. */
export const RootUse = z.enum(['csms', 'manufacturer', 'v2g', 'mo']);
export type RootUse = z.infer<typeof RootUse>;

export const RootCertificate = z.object({ use: RootUse, pem: z.string() });
export type RootCertificate = z.infer<typeof RootCertificate>;

/** What a certificate of our own is for: talking to the platform, or to cars. */
export const OwnUse = z.enum(['station', 'v2g']);
export type OwnUse = z.infer<typeof OwnUse>;

/** A certificate that was signed for us, with those above it and its key. */
export const OwnCertificate = z.object({ use: OwnUse, chain: z.string(), privateKey: z.string() });
export type OwnCertificate = z.infer<typeof OwnCertificate>;

/** A request for a certificate. Before the key pair is made there is no PEM. */
export const SigningRequest = z.object({
  use: OwnUse,
  csr: z.string().nullable(),
  privateKey: z.string().nullable(),
  /** When to ask again; null once the waiting was given up. */
  dueAt: z.number().nullable(),
  sent: z.int(),
});
export type SigningRequest = z.infer<typeof SigningRequest>;
