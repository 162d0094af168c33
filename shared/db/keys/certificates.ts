import { digits, month, row } from '#shared/db/keys/key-parts.ts';

/**
 *  entity              pk                   sk                 gsi1pk / gsi1sk          gsi2pk / gsi2sk            serves
 *  issued certificate  t#CHG#id             ISSUED#crt         -                        ISSUEDEXP#yyyy-mm / at#t#crt   of a charger; all that end in a month
 *  fingerprint         t#CRTFP#sha256       CRTFP              -                        -                          whose a client certificate is
 *  signing request     t#CHG#id             CSR#use#sha256     -                        -                          a repeated request
 *  requests of an hour t#CHG#id             CSRS#hour          -                        -                          how many were new
 *  open renewal        t#CHG#id             RENEWAL#use        -                        -                          the command that asked for a request
 *  security event      t#CHG#id             SEC#at#hash        -                        -                          a repeated event
 *  authority           AUTHORITY            AUTHORITY          -                        -                          the certificate all chargers' stand under
 *  authority names     AUTHORITY            NAMES              -                        -                          of every authority there ever was
 *
 * The index by expiry alone is not by tenant: the job that reads it works for the whole deployment, and
 * nobody else does.
 */
export const certificatesKeys = {
  issuedCertificate: (t: string, charger: string, id: string) =>
    row(`${t}#CHG#${charger}`, `ISSUED#${id}`),
  issuedCertificatesOf: (t: string, charger: string) => ({
    pk: `${t}#CHG#${charger}`,
    beginsWith: 'ISSUED#',
  }),
  issuedExpiring: (t: string, at: string, id: string) => ({
    gsi2pk: `ISSUEDEXP#${month(at)}`,
    gsi2sk: `${at}#${t}#${id}`,
  }),
  allIssuedExpiring: (at: string) => ({ index: 'gsi2', pk: `ISSUEDEXP#${month(at)}` }) as const,
  certificateFingerprint: (t: string, sha256: string) => row(`${t}#CRTFP#${sha256}`, 'CRTFP'),
  signingRequest: (t: string, charger: string, use: string, sha256: string) =>
    row(`${t}#CHG#${charger}`, `CSR#${use}#${sha256}`),
  signingRequestsOfHour: (t: string, charger: string, hour: number) =>
    row(`${t}#CHG#${charger}`, `CSRS#${digits(hour, 8)}`),
  renewal: (t: string, charger: string, use: string) =>
    row(`${t}#CHG#${charger}`, `RENEWAL#${use}`),
  authority: () => row('AUTHORITY', 'AUTHORITY'),
  authorityNames: () => row('AUTHORITY', 'NAMES'),
  securityEvent: (t: string, charger: string, at: string, hash: string) =>
    row(`${t}#CHG#${charger}`, `SEC#${at}#${hash}`),
} as const;
