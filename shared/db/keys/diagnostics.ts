import { row } from '#shared/db/keys/key-parts.ts';

/**
 *  entity              pk                   sk                 gsi1pk / gsi1sk          gsi2pk / gsi2sk            serves
 *  diagnostics         t#DIA#id             DIAGNOSTICS        t#CHG#id#DIA / id        -                          by id; a charger's
 *  last request        t#CHG#id             DIAGNOSTICS        -                        -                          what a report without a number is about
 */
export const diagnosticsKeys = {
  diagnostics: (t: string, id: string) => row(`${t}#DIA#${id}`, 'DIAGNOSTICS'),
  diagnosticsOf: (t: string, charger: string, id = '') => ({
    gsi1pk: `${t}#CHG#${charger}#DIA`,
    gsi1sk: id,
  }),
  lastDiagnostics: (t: string, charger: string) => row(`${t}#CHG#${charger}`, 'DIAGNOSTICS'),
} as const;
