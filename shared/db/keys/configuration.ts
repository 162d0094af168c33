import { digits, row } from '#shared/db/keys/key-parts.ts';

const keyPart = (text: string) => encodeURIComponent(text.toWellFormed());

/**
 *  entity              pk                   sk                 gsi1pk / gsi1sk          gsi2pk / gsi2sk            serves
 *  configuration       t#CFG#charger        HEAD               -                        -                          when it was read as a whole
 *  shelf               t#CFG#charger        V#component#…      -                        -                          the variables of a component
 *  monitor             t#CFG#charger        M#id               -                        -                          monitors of a charger
 *  monitor event       t#CFG#charger        E#at#hash          -                        -                          a repeated event
 *  report              t#CFG#charger        R#n                -                        -                          the parts of a report that came
 *  template            t#CFGT               name               -                        -                          all templates (few)
 *  template version    t#CFGT#id            version            -                        -                          what was asked then
 */
export const configurationKeys = {
  configuration: (t: string, charger: string) => row(`${t}#CFG#${charger}`, 'HEAD'),
  shelf: (t: string, charger: string, place: readonly string[]) =>
    row(`${t}#CFG#${charger}`, `V#${place.map(keyPart).join('#')}`),
  shelvesOf: (t: string, charger: string, component?: string) => ({
    pk: `${t}#CFG#${charger}`,
    beginsWith: component === undefined ? 'V#' : `V#${keyPart(component)}#`,
  }),
  monitor: (t: string, charger: string, id: number) =>
    row(`${t}#CFG#${charger}`, `M#${digits(id, 12)}`),
  monitorsOf: (t: string, charger: string) => ({ pk: `${t}#CFG#${charger}`, beginsWith: 'M#' }),
  monitorEvent: (t: string, charger: string, at: string, hash: string) =>
    row(`${t}#CFG#${charger}`, `E#${at}#${hash}`),
  configurationReport: (t: string, charger: string, n: number) =>
    row(`${t}#CFG#${charger}`, `R#${digits(n, 10)}`),
  configurationTemplate: (t: string, name: string) => row(`${t}#CFGT`, name),
  configurationTemplates: (t: string) => ({ pk: `${t}#CFGT` }),
  configurationTemplateVersion: (t: string, id: string, version: number) =>
    row(`${t}#CFGT#${id}`, digits(version, 8)),
} as const;
