import { digits, row } from '#shared/db/keys/key-parts.ts';

/**
 *  entity              pk                   sk                 gsi1pk / gsi1sk          gsi2pk / gsi2sk            serves
 *  charging profile    t#CHG#c              PROFILE#n          -                        -                          those believed to be in a charger
 *  profile number      t#CHG#c              PROFILESEQ         -                        -                          the last number given to one
 *  outside limit       t#CHG#c              LIMIT#source#evse  -                        -                          what others than we hold a charger to
 */
export const smartChargingKeys = {
  chargingProfile: (t: string, charger: string, n: number) =>
    row(`${t}#CHG#${charger}`, `PROFILE#${digits(n, 10)}`),
  chargingProfilesOf: (t: string, charger: string) => ({
    pk: `${t}#CHG#${charger}`,
    beginsWith: 'PROFILE#',
  }),
  profileNumber: (t: string, charger: string) => row(`${t}#CHG#${charger}`, 'PROFILESEQ'),
  outsideLimit: (t: string, charger: string, source: string, evse: number) =>
    row(`${t}#CHG#${charger}`, `LIMIT#${source}#${digits(evse, 5)}`),
  outsideLimitsOf: (t: string, charger: string) => ({
    pk: `${t}#CHG#${charger}`,
    beginsWith: 'LIMIT#',
  }),
} as const;
