import { digits, row } from '#shared/db/keys/key-parts.ts';

/**
 *  entity              pk                   sk                 gsi1pk / gsi1sk          gsi2pk / gsi2sk            serves
 *  firmware image      t#FWI#id             IMAGE              t#FWIS / id              -                          by id; all
 *  firmware update     t#FWU#id             UPDATE             t#CHG#id#FWU / id        t#FWUS / id                by id; a charger's; all
 *  last update         t#CHG#id             FIRMWARE           -                        -                          what a report without a number is about
 *  campaign            t#FWC#id             CAMPAIGN           t#FWCS / id              -                          by id; all
 *  campaign counts     t#FWC#id             COUNTS             -                        -                          targets by wave and state
 *  campaign target     t#FWC#id             TARGET#n           -                        -                          a charger's place and state
 *  waiting target      t#FWC#id             WAITING#n          -                        -                          targets not begun yet
 */
export const firmwareKeys = {
  firmwareImage: (t: string, id: string) => row(`${t}#FWI#${id}`, 'IMAGE'),
  firmwareImages: (t: string, id = '') => ({ gsi1pk: `${t}#FWIS`, gsi1sk: id }),
  firmwareUpdate: (t: string, id: string) => row(`${t}#FWU#${id}`, 'UPDATE'),
  firmwareUpdatesOf: (t: string, charger: string, id = '') => ({
    gsi1pk: `${t}#CHG#${charger}#FWU`,
    gsi1sk: id,
  }),
  firmwareUpdates: (t: string, id = '') => ({ gsi2pk: `${t}#FWUS`, gsi2sk: id }),
  lastFirmwareUpdate: (t: string, charger: string) => row(`${t}#CHG#${charger}`, 'FIRMWARE'),
  campaign: (t: string, id: string) => row(`${t}#FWC#${id}`, 'CAMPAIGN'),
  campaigns: (t: string, id = '') => ({ gsi1pk: `${t}#FWCS`, gsi1sk: id }),
  campaignCounts: (t: string, campaign: string) => row(`${t}#FWC#${campaign}`, 'COUNTS'),
  campaignTarget: (t: string, campaign: string, n: number) =>
    row(`${t}#FWC#${campaign}`, `TARGET#${digits(n, 8)}`),
  campaignTargets: (t: string, campaign: string) => ({
    pk: `${t}#FWC#${campaign}`,
    beginsWith: 'TARGET#',
  }),
  waitingTarget: (t: string, campaign: string, n: number) =>
    row(`${t}#FWC#${campaign}`, `WAITING#${digits(n, 8)}`),
  /** Those from one place to another, both included. */
  waitingTargets: (t: string, campaign: string, from: number, to: number) => ({
    pk: `${t}#FWC#${campaign}`,
    from: `WAITING#${digits(from, 8)}`,
    to: `WAITING#${digits(to, 8)}`,
  }),
} as const;
