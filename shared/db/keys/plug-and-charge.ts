import { row } from '#shared/db/keys/key-parts.ts';

/**
 *  entity              pk                   sk                 gsi1pk / gsi1sk          gsi2pk / gsi2sk            serves
 *  root certificate    t#ROOTCERTS          fingerprint        -                        -                          all trust anchors (few), unique
 *  contract            t#PNC#emaid          CONTRACT           t#PNCS / at#emaid        PNCDUE#day / t#emaid       by eMAID; all; of any tenant to be told of that day
 *  ocsp answer         t#OCSP#hash          OCSP               -                        -                          until its next update
 *  installed certif.   t#CHG#id             INSTALLED#id       -                        -                          of a charger
 */
export const plugAndChargeKeys = {
  rootCertificate: (t: string, fingerprint: string) => row(`${t}#ROOTCERTS`, fingerprint),
  rootCertificates: (t: string) => ({ pk: `${t}#ROOTCERTS` }),
  contract: (t: string, emaid: string) => row(`${t}#PNC#${emaid}`, 'CONTRACT'),
  contracts: (t: string, at = '', emaid = '') => ({
    gsi1pk: `${t}#PNCS`,
    gsi1sk: `${at}#${emaid}`,
  }),
  contractsDue: (day: string, t = '', emaid = '') => ({
    gsi2pk: `PNCDUE#${day}`,
    gsi2sk: `${t}#${emaid}`,
  }),
  ocspAnswer: (t: string, hash: string) => row(`${t}#OCSP#${hash}`, 'OCSP'),
  installedCertificate: (t: string, charger: string, id: string) =>
    row(`${t}#CHG#${charger}`, `INSTALLED#${id}`),
  installedCertificates: (t: string, charger: string) => ({
    pk: `${t}#CHG#${charger}`,
    beginsWith: 'INSTALLED#',
  }),
} as const;
