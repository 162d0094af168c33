import { row, SHARDS, shardOf } from '#shared/db/keys/key-parts.ts';

/**
 *  entity              pk                   sk                 gsi1pk / gsi1sk          gsi2pk / gsi2sk            serves
 *  webhook endpoint    t#HOOKS              id                 -                        -                          all endpoints (few)
 *  webhook health      t#HOOK#e             HEALTH             -                        -                          since when it fails
 *  webhook tally       t#HOOK#e#TALLY#day#shard    TALLY       -                        -                          attempts that succeeded, failed
 *  webhook delivery    t#HOOK#e#DELIVERIES#shard   id          -                        -                          newest first
 */
export const webhooksKeys = {
  webhook: (t: string, id: string) => row(`${t}#HOOKS`, id),
  webhooks: (t: string) => ({ pk: `${t}#HOOKS` }),
  webhookHealth: (t: string, endpoint: string) => row(`${t}#HOOK#${endpoint}`, 'HEALTH'),
  webhookTally: (t: string, endpoint: string, day: string, id: string) =>
    row(`${t}#HOOK#${endpoint}#TALLY#${day}#${shardOf(id)}`, 'TALLY'),
  webhookTallies: (t: string, endpoint: string, day: string) =>
    SHARDS.map((shard) => row(`${t}#HOOK#${endpoint}#TALLY#${day}#${shard}`, 'TALLY')),
  delivery: (t: string, endpoint: string, id: string) =>
    row(`${t}#HOOK#${endpoint}#DELIVERIES#${shardOf(id)}`, id),
  deliveriesOf: (t: string, endpoint: string) =>
    SHARDS.map((shard) => ({ pk: `${t}#HOOK#${endpoint}#DELIVERIES#${shard}` })),
} as const;
