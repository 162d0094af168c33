import { row } from '#shared/db/keys/key-parts.ts';

/**
 *  entity              pk                   sk                 gsi1pk / gsi1sk          gsi2pk / gsi2sk            serves
 *  charger             t#CHG#id             CHARGER            t#CHGS / id              t#SITE#s#CHGS / id         by id; all; of a site
 *  connection          t#CHG#id             CONNECTION         -                        -                          hot: socket, last seen
 *  connector           t#CHG#id             CONNECTOR#n        -                        -                          hot: status, its one open session
 *  orphan              t#CHG#id             ORPHAN#at#n        -                        -                          messages of unknown transactions
 *  identity            t#IDENTITY#identity  IDENTITY           -                        -                          charger by OCPP identity, unique
 *  transaction         t#CHG#id             TX#id              -                        -                          session by transaction id
 *  start               t#CHG#id             START#hash         -                        -                          a repeated start
 *  transaction event   t#CHG#id             TXE#tx#seq         -                        -                          2.0.1 events before a session
 *  unclaimed           t#UNCLAIMED          identity           -                        -                          identities refused or unknown
 */
export const chargersKeys = {
  charger: (t: string, id: string) => row(`${t}#CHG#${id}`, 'CHARGER'),
  chargers: (t: string, id = '') => ({ gsi1pk: `${t}#CHGS`, gsi1sk: id }),
  chargersOfSite: (t: string, site: string, id = '') => ({
    gsi2pk: `${t}#SITE#${site}#CHGS`,
    gsi2sk: id,
  }),
  identity: (t: string, identity: string) => row(`${t}#IDENTITY#${identity}`, 'IDENTITY'),
  connection: (t: string, charger: string) => row(`${t}#CHG#${charger}`, 'CONNECTION'),
  connector: (t: string, charger: string, n: number) =>
    row(`${t}#CHG#${charger}`, `CONNECTOR#${String(n).padStart(3, '0')}`),
  connectorsOf: (t: string, charger: string) => ({
    pk: `${t}#CHG#${charger}`,
    beginsWith: 'CONNECTOR#',
  }),
  transaction: (t: string, charger: string, id: string) => row(`${t}#CHG#${charger}`, `TX#${id}`),
  transactionNumber: (t: string, charger: string) => row(`${t}#CHG#${charger}`, 'TXSEQ'),
  start: (t: string, charger: string, hash: string) => row(`${t}#CHG#${charger}`, `START#${hash}`),
  transactionEvent: (t: string, charger: string, tx: string, seq: number) =>
    row(`${t}#CHG#${charger}`, `TXE#${tx}#${String(seq).padStart(10, '0')}`),
  orphan: (t: string, charger: string, at: string, id: string) =>
    row(`${t}#CHG#${charger}`, `ORPHAN#${at}#${id}`),
  orphansOf: (t: string, charger: string) => ({ pk: `${t}#CHG#${charger}`, beginsWith: 'ORPHAN#' }),
  transactionEventsOf: (t: string, charger: string, tx: string) => ({
    pk: `${t}#CHG#${charger}`,
    beginsWith: `TXE#${tx}#`,
  }),
  unclaimed: (t: string, identity: string) => row(`${t}#UNCLAIMED`, identity),
  allUnclaimed: (t: string) => ({ pk: `${t}#UNCLAIMED` }),
} as const;
