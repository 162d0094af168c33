import { month, row } from '#shared/db/keys/key-parts.ts';

/**
 *  entity              pk                   sk                 gsi1pk / gsi1sk          gsi2pk / gsi2sk            serves
 *  organization        t#ORG                ORG                -                        -                          by id
 *  child organization  t#CHILDREN           id                 -                        -                          whom it may act for (few)
 *  api key             KEY#sha256           KEY                -                        KEYEXP#yyyy-mm / at#id     by the secret's hash; all that end in a month
 *  api key of org      t#KEYS               id                 -                        -                          all of an organization (few), by id
 *  rate window         RATE#credential#min  RATE               -                        -                          the limiter
 *  idempotency         t#IDEM#cred#key      IDEM               -                        -                          a repeated write
 *  deprecated use      t#DEPRECATED#cred    operation          -                        -                          what `whoami` warns of
 *  count               t#COUNT#entity       scope              -                        -                          `total` of a list
 *
 * The index by expiry is not by tenant: the job that reads it works for the whole deployment, and nobody
 * else does.
 */
export const organizationsKeys = {
  organization: (t: string) => row(`${t}#ORG`, 'ORG'),
  childOrganization: (t: string, id: string) => row(`${t}#CHILDREN`, id),
  childOrganizations: (t: string) => ({ pk: `${t}#CHILDREN` }),
  apiKey: (hash: string) => row(`KEY#${hash}`, 'KEY'),
  apiKeyOf: (t: string, id: string) => row(`${t}#KEYS`, id),
  apiKeysOf: (t: string) => ({ pk: `${t}#KEYS` }),
  apiKeyExpiring: (at: string, id: string) => ({
    gsi2pk: `KEYEXP#${month(at)}`,
    gsi2sk: `${at}#${id}`,
  }),
  allApiKeysExpiring: (at: string) => ({ index: 'gsi2', pk: `KEYEXP#${month(at)}` }) as const,
  rateWindow: (credential: string, window: number) => row(`RATE#${credential}#${window}`, 'RATE'),
  idempotency: (t: string, credential: string, key: string) =>
    row(`${t}#IDEM#${credential}#${key}`, 'IDEM'),
  deprecatedUse: (t: string, credential: string, operation: string) =>
    row(`${t}#DEPRECATED#${credential}`, operation),
  deprecatedUses: (t: string, credential: string) => ({ pk: `${t}#DEPRECATED#${credential}` }),
  count: (t: string, entity: string, scope = '') => row(`${t}#COUNT#${entity}`, `#${scope}`),
} as const;
