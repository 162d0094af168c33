import { digits, row } from '#shared/db/keys/key-parts.ts';

/**
 *  entity              pk                   sk                 gsi1pk / gsi1sk          gsi2pk / gsi2sk            serves
 *  oauth client        OAC#id               OAC                -                        -                          token endpoint and authorizer, by client id
 *  client of org       t#OACS               id                 -                        -                          all of an organization (few), by id
 *  client of origin    ORIGIN#origin        client id          -                        -                          whether browsers may ask from there
 *  oauth artefact      OIDC#model#sha256    OIDC               -                        -                          code, refresh token, session, grant: by issuer and id
 *  session by uid      OIDCUID#sha256       OIDC               -                        -                          the session of a refresh token
 *  revoked token       OAT#jti              OAT                -                        -                          the authorizer, until the token is over
 *  signing key         OAUTHKEYS            number             -                        -                          all of a deployment (few), oldest first
 *  tries               TRIES#sha256#window  TRIES              -                        -                          who guesses, by account and by address
 *
 * A client, and what it was given, are found by ids that come without an organization. What they hold
 * names it, and is held against it.
 */
export const oauthKeys = {
  oauthClient: (id: string) => row(`OAC#${id}`, 'OAC'),
  oauthClientOf: (t: string, id: string) => row(`${t}#OACS`, id),
  oauthClientsOf: (t: string) => ({ pk: `${t}#OACS` }),
  clientOfOrigin: (origin: string, client: string) => row(`ORIGIN#${origin}`, client),
  clientsOfOrigin: (origin: string) => ({ pk: `ORIGIN#${origin}` }),
  oauthArtefact: (model: string, hash: string) => row(`OIDC#${model}#${hash}`, 'OIDC'),
  oauthSessionByUid: (hash: string) => row(`OIDCUID#${hash}`, 'OIDC'),
  revokedToken: (jti: string) => row(`OAT#${jti}`, 'OAT'),
  signingKey: (number: number) => row('OAUTHKEYS', digits(number, 8)),
  signingKeys: () => ({ pk: 'OAUTHKEYS' }),
  tries: (hash: string, window: number) => row(`TRIES#${hash}#${window}`, 'TRIES'),
} as const;
