import { digits, month, row } from '#shared/db/keys/key-parts.ts';

/**
 *  entity              pk                   sk                 gsi1pk / gsi1sk          gsi2pk / gsi2sk            serves
 *  reservation         t#RES#id             RESERVATION        t#RES#yyyy-mm / at#id    t#CHG#c#RES / at#id        by id; by month of its window; of a charger
 *  reservation at site t#SITE#s#RES         at#id              -                        -                          of a site
 *  reservation of d.   t#DRV#d#RES          at#id              -                        -                          of a driver
 *  bookings            t#CHG#c              BOOKINGS           -                        -                          the windows kept on a charger; one writer at a time
 *  numbered            t#CHG#c              RESNO#n            -                        -                          the reservation a charger names by its number
 */
export const reservationsKeys = {
  reservation: (t: string, id: string) => row(`${t}#RES#${id}`, 'RESERVATION'),
  reservations: (t: string, at: string, id = '') => ({
    gsi1pk: `${t}#RES#${month(at)}`,
    gsi1sk: `${at}#${id}`,
  }),
  reservationsOfCharger: (t: string, charger: string, at = '', id = '') => ({
    gsi2pk: `${t}#CHG#${charger}#RES`,
    gsi2sk: `${at}#${id}`,
  }),
  reservationAtSite: (t: string, site: string, at: string, id: string) =>
    row(`${t}#SITE#${site}#RES`, `${at}#${id}`),
  reservationsAtSite: (t: string, site: string) => ({ pk: `${t}#SITE#${site}#RES` }),
  reservationOfDriver: (t: string, driver: string, at: string, id: string) =>
    row(`${t}#DRV#${driver}#RES`, `${at}#${id}`),
  reservationsOfDriver: (t: string, driver: string) => ({ pk: `${t}#DRV#${driver}#RES` }),
  bookings: (t: string, charger: string) => row(`${t}#CHG#${charger}`, 'BOOKINGS'),
  numberedReservation: (t: string, charger: string, n: number) =>
    row(`${t}#CHG#${charger}`, `RESNO#${digits(n, 10)}`),
} as const;
