import { row } from '#shared/db/keys/key-parts.ts';

/**
 *  entity              pk                   sk                 gsi1pk / gsi1sk          gsi2pk / gsi2sk            serves
 *  organization        t#ORG                ORG                -                        -                          by id
 *  api key             KEY#sha256           KEY                -                        -                          by the secret's hash
 *  rate window         RATE#credential#min  RATE               -                        -                          the limiter
 *  idempotency         t#IDEM#cred#key      IDEM               -                        -                          a repeated write
 *  count               t#COUNT#entity       scope              -                        -                          `total` of a list
 */
export const organizationsKeys = {
  organization: (t: string) => row(`${t}#ORG`, 'ORG'),
  apiKey: (hash: string) => row(`KEY#${hash}`, 'KEY'),
  rateWindow: (credential: string, window: number) => row(`RATE#${credential}#${window}`, 'RATE'),
  idempotency: (t: string, credential: string, key: string) =>
    row(`${t}#IDEM#${credential}#${key}`, 'IDEM'),
  count: (t: string, entity: string, scope = '') => row(`${t}#COUNT#${entity}`, `#${scope}`),
} as const;
