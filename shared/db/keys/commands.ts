import { digits, row } from '#shared/db/keys/key-parts.ts';

/**
 *  entity              pk                   sk                 gsi1pk / gsi1sk          gsi2pk / gsi2sk            serves
 *  command             t#CMD#id             CMD                t#CHG#id#CMDS / id       t#CBA#b#CMDS / id          by id; a charger's; a batch's
 *  queued command      t#CHG#id             QUEUE#prio#id      -                        -                          next to send
 *  in flight           t#CHG#id             INFLIGHT           -                        -                          the one CALL we await
 *  request number      t#CHG#id             REQSEQ             -                        -                          the last number we gave a request
 *  numbered request    t#CHG#id             REQ#n              -                        -                          the command a report answers
 */
export const commandsKeys = {
  command: (t: string, id: string) => row(`${t}#CMD#${id}`, 'CMD'),
  commandsOf: (t: string, charger: string, id = '') => ({
    gsi1pk: `${t}#CHG#${charger}#CMDS`,
    gsi1sk: id,
  }),
  commandsOfBatch: (t: string, batch: string, id = '') => ({
    gsi2pk: `${t}#CBA#${batch}#CMDS`,
    gsi2sk: id,
  }),
  queued: (t: string, charger: string, priority: number, id: string) =>
    row(`${t}#CHG#${charger}`, `QUEUE#${priority}#${id}`),
  queueOf: (t: string, charger: string) => ({ pk: `${t}#CHG#${charger}`, beginsWith: 'QUEUE#' }),
  inFlight: (t: string, charger: string) => row(`${t}#CHG#${charger}`, 'INFLIGHT'),
  requestNumber: (t: string, charger: string) => row(`${t}#CHG#${charger}`, 'REQSEQ'),
  numberedRequest: (t: string, charger: string, n: number) =>
    row(`${t}#CHG#${charger}`, `REQ#${digits(n, 10)}`),
} as const;
