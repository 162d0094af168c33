import { fold, row, SHARDS, shardOf } from '#shared/db/keys/key-parts.ts';

/**
 *  entity              pk                   sk                 gsi1pk / gsi1sk          gsi2pk / gsi2sk            serves
 *  token               t#TOKEN#uid          TOKEN              t#TOKENS / id            t#DRV#d#TOKENS / id        by uid, case-folded; all; a driver's
 *  token id            t#TOKEN#id           ID                 -                        -                          uid of a token
 *  counted session     t#TOKEN#uid          OPEN#session       -                        -                          open sessions of a token, where limited
 *  authorization       t#AUTH#shard         id                 t#CHG#c#AUTH / id        t#TOKEN#uid#AUTH / id      newest first; at a charger; of a token
 *  heard request       t#CHG#c              ASKED#hash         -                        -                          a repeated request
 */
export const tokensKeys = {
  token: (t: string, uid: string) => row(`${t}#TOKEN#${fold(uid)}`, 'TOKEN'),
  tokens: (t: string, id = '') => ({ gsi1pk: `${t}#TOKENS`, gsi1sk: id }),
  tokensOfDriver: (t: string, driver: string, id = '') => ({
    gsi2pk: `${t}#DRV#${driver}#TOKENS`,
    gsi2sk: id,
  }),
  tokenId: (t: string, id: string) => row(`${t}#TOKEN#${id}`, 'ID'),
  openOfToken: (t: string, uid: string, session: string) =>
    row(`${t}#TOKEN#${fold(uid)}`, `OPEN#${session}`),
  allOpenOfToken: (t: string, uid: string) => ({
    pk: `${t}#TOKEN#${fold(uid)}`,
    beginsWith: 'OPEN#',
  }),
  authorization: (t: string, id: string) => row(`${t}#AUTH#${shardOf(id)}`, id),
  authorizations: (t: string) => SHARDS.map((shard) => ({ pk: `${t}#AUTH#${shard}` })),
  authorizationsAt: (t: string, charger: string, id = '') => ({
    gsi1pk: `${t}#CHG#${charger}#AUTH`,
    gsi1sk: id,
  }),
  authorizationsOf: (t: string, uid: string, id = '') => ({
    gsi2pk: `${t}#TOKEN#${fold(uid)}#AUTH`,
    gsi2sk: id,
  }),
  heardRequest: (t: string, charger: string, hash: string) =>
    row(`${t}#CHG#${charger}`, `ASKED#${hash}`),
} as const;
