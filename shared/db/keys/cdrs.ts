import { month, row } from '#shared/db/keys/key-parts.ts';

/**
 *  entity              pk                   sk                 gsi1pk / gsi1sk          gsi2pk / gsi2sk            serves
 *  cdr                 t#CDR#id             CDR                t#CDR#yyyy-mm / at#id    t#SITE#s#CDR / at#id       by id; by month; of a site
 *  cdr of driver       t#DRV#d#CDR          at#id              -                        -                          of a driver
 *  number series       t#NUM#series         fy                 -                        -                          gap-free CDR numbers
 */
export const cdrsKeys = {
  cdr: (t: string, id: string) => row(`${t}#CDR#${id}`, 'CDR'),
  cdrOfSession: (t: string, session: string) => row(`${t}#SES#${session}`, 'CDR'),
  cdrs: (t: string, at: string, id = '') => ({
    gsi1pk: `${t}#CDR#${month(at)}`,
    gsi1sk: `${at}#${id}`,
  }),
  cdrsOfSite: (t: string, site: string, at = '', id = '') => ({
    gsi2pk: `${t}#SITE#${site}#CDR`,
    gsi2sk: `${at}#${id}`,
  }),
  cdrOfDriver: (t: string, driver: string, at: string, id: string) =>
    row(`${t}#DRV#${driver}#CDR`, `${at}#${id}`),
  cdrsOfDriver: (t: string, driver: string) => ({ pk: `${t}#DRV#${driver}#CDR` }),
  numberSeries: (t: string, series: string, year: string) => row(`${t}#NUM#${series}`, year),
} as const;
