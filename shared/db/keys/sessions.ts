import { month, row } from '#shared/db/keys/key-parts.ts';

/**
 *  entity              pk                   sk                 gsi1pk / gsi1sk          gsi2pk / gsi2sk            serves
 *  session             t#SES#id             SESSION            t#SES#yyyy-mm / at#id    t#<owner>#SES / at#id      by id; by month; of a charger
 *  live session        t#SES#id             LIVE               -                        -                          hot: energy, power, cost
 *  meter sample        t#SES#id             MV#at#n            -                        -                          time series
 *  timeline entry      t#SES#id             TL#at#n            -                        -                          why things happened
 *  session on site     t#SITE#s#SES         at#id              -                        -                          sessions of a site
 *  session of driver   t#DRV#d#SES          at#id              -                        -                          sessions of a driver
 *  open list           t#OPENSES            at#id              -                        -                          sessions not yet ended
 */
export const sessionsKeys = {
  session: (t: string, id: string) => row(`${t}#SES#${id}`, 'SESSION'),
  sessions: (t: string, at: string, id = '') => ({
    gsi1pk: `${t}#SES#${month(at)}`,
    gsi1sk: `${at}#${id}`,
  }),
  sessionsOfCharger: (t: string, charger: string, at = '', id = '') => ({
    gsi2pk: `${t}#CHG#${charger}#SES`,
    gsi2sk: `${at}#${id}`,
  }),
  sessionOnSite: (t: string, site: string, at: string, id: string) =>
    row(`${t}#SITE#${site}#SES`, `${at}#${id}`),
  sessionsOfSite: (t: string, site: string) => ({ pk: `${t}#SITE#${site}#SES` }),
  sessionOfDriver: (t: string, driver: string, at: string, id: string) =>
    row(`${t}#DRV#${driver}#SES`, `${at}#${id}`),
  sessionsOfDriver: (t: string, driver: string) => ({ pk: `${t}#DRV#${driver}#SES` }),
  openListed: (t: string, at: string, id: string) => row(`${t}#OPENSES`, `${at}#${id}`),
  openList: (t: string) => ({ pk: `${t}#OPENSES` }),
  liveSession: (t: string, id: string) => row(`${t}#SES#${id}`, 'LIVE'),
  meterSample: (t: string, session: string, at: string, n: number) =>
    row(`${t}#SES#${session}`, `MV#${at}#${String(n).padStart(6, '0')}`),
  meterSamplesOf: (t: string, session: string) => ({
    pk: `${t}#SES#${session}`,
    beginsWith: 'MV#',
  }),
  timelineEntry: (t: string, session: string, at: string, n: number) =>
    row(`${t}#SES#${session}`, `TL#${at}#${String(n).padStart(6, '0')}`),
  timelineOf: (t: string, session: string) => ({ pk: `${t}#SES#${session}`, beginsWith: 'TL#' }),
} as const;
