import { digits, row } from '#shared/db/keys/key-parts.ts';

/**
 *  entity              pk                   sk                 gsi1pk / gsi1sk          gsi2pk / gsi2sk            serves
 *  display message     t#CHG#id             DISPLAY#n          -                        -                          what a screen shows, as far as known
 *  customer report     t#CHG#id             CUSTOMER#req#seq   -                        -                          parts of a report, for a day
 */
export const displaysKeys = {
  displayMessage: (t: string, charger: string, n: number) =>
    row(`${t}#CHG#${charger}`, `DISPLAY#${digits(n, 10)}`),
  displayMessagesOf: (t: string, charger: string) => ({
    pk: `${t}#CHG#${charger}`,
    beginsWith: 'DISPLAY#',
  }),
  customerReport: (t: string, charger: string, request: number, seq: number) =>
    row(`${t}#CHG#${charger}`, `CUSTOMER#${digits(request, 10)}#${digits(seq, 10)}`),
  customerReportOf: (t: string, charger: string, request: number) => ({
    pk: `${t}#CHG#${charger}`,
    beginsWith: `CUSTOMER#${digits(request, 10)}#`,
  }),
} as const;
