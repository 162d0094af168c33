import { hour, row, SHARDS, shardOf } from '#shared/db/keys/key-parts.ts';

/**
 *  entity              pk                   sk                 gsi1pk / gsi1sk          gsi2pk / gsi2sk            serves
 *  event               t#EVT#hour#shard     id                 t#OBJ#object id / id     -                          the log, 90 days
 *  event hour          t#EVTHOURS           hour               -                        -                          hours with events
 *  outbox              t#OUT#kind#id        version            -                        -                          read by the stream only
 */
export const eventsKeys = {
  event: (t: string, at: string, id: string) => row(`${t}#EVT#${hour(at)}#${shardOf(id)}`, id),
  eventsOfHour: (t: string, at: string) =>
    SHARDS.map((shard) => ({ pk: `${t}#EVT#${hour(at)}#${shard}` })),
  eventHour: (t: string, at: string) => row(`${t}#EVTHOURS`, hour(at)),
  eventsOfObject: (t: string, object: string, id = '') => ({
    gsi1pk: `${t}#OBJ#${object}`,
    gsi1sk: id,
  }),
  outbox: (t: string, kind: string, id: string, version: number) =>
    row(`${t}#OUT#${kind}#${id}`, String(version).padStart(12, '0')),
} as const;
