import { row } from '#shared/db/keys/key-parts.ts';

/**
 *  entity              pk                   sk                 gsi1pk / gsi1sk          gsi2pk / gsi2sk            serves
 *  site                t#SITE#id            SITE               t#SITES / id             -                          by id; all
 *  site tariff         t#SITE#s             TARIFF#from        -                        -                          in force at a time
 *  vendor              t#VENDORS            id                 -                        -                          all vendors
 */
export const sitesKeys = {
  site: (t: string, id: string) => row(`${t}#SITE#${id}`, 'SITE'),
  sites: (t: string, id = '') => ({ gsi1pk: `${t}#SITES`, gsi1sk: id }),
  siteTariff: (t: string, site: string, from: string) => row(`${t}#SITE#${site}`, `TARIFF#${from}`),
  siteTariffs: (t: string, site: string) => ({ pk: `${t}#SITE#${site}`, beginsWith: 'TARIFF#' }),
  vendor: (t: string, id: string) => row(`${t}#VENDORS`, id),
  vendors: (t: string) => ({ pk: `${t}#VENDORS` }),
} as const;
