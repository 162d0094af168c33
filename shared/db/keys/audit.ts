import { month, row, SHARDS, shardOf } from '#shared/db/keys/key-parts.ts';

/**
 *  entity              pk                   sk                 gsi1pk / gsi1sk          gsi2pk / gsi2sk            serves
 *  audit entry         t#AUD#yyyy-mm        id                 t#AUDOF#object / id      t#AUDAT#charger / id       newest first; of an object; at a charger
 *  request             t#REQUESTS#day#shard id                 -                        -                          by id, newest first
 */
export const auditKeys = {
  auditEntry: (t: string, at: string, id: string) => row(`${t}#AUD#${month(at)}`, id),
  auditEntriesOfMonth: (t: string, at: string) => ({ pk: `${t}#AUD#${month(at)}` }),
  auditEntriesOf: (t: string, object: string, id = '') => ({
    gsi1pk: `${t}#AUDOF#${object}`,
    gsi1sk: id,
  }),
  auditEntriesAt: (t: string, charger: string, id = '') => ({
    gsi2pk: `${t}#AUDAT#${charger}`,
    gsi2sk: id,
  }),
  request: (t: string, at: string, id: string) =>
    row(`${t}#REQUESTS#${at.slice(0, 10)}#${shardOf(id)}`, id),
  requestsOfDay: (t: string, at: string) =>
    SHARDS.map((shard) => ({ pk: `${t}#REQUESTS#${at.slice(0, 10)}#${shard}` })),
} as const;
