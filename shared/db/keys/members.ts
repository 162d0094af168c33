import { row } from '#shared/db/keys/key-parts.ts';

/**
 *  entity              pk                   sk                 gsi1pk / gsi1sk          gsi2pk / gsi2sk            serves
 *  member              t#MEMBERS            id                 -                        -                          all of an organization (few), by id
 *  member's address    t#MEMBER#sha256      EMAIL              -                        -                          sign-in, uniqueness
 *  member's password   t#MEMBER#id          PASSWORD           -                        -                          sign-in
 *  invitation, reset   MEMTOK#sha256        MEMTOK             -                        -                          by the hash of a link's token
 *  sign-in attempts    t#SIGNIN#sha256#win  ATTEMPTS           -                        -                          the brake on guessing, by address
 *  letters             t#LETTERS#sha256#win LETTERS            -                        -                          the brake on letters, by address
 */
export const membersKeys = {
  member: (t: string, id: string) => row(`${t}#MEMBERS`, id),
  members: (t: string) => ({ pk: `${t}#MEMBERS` }),
  memberByEmail: (t: string, hash: string) => row(`${t}#MEMBER#${hash}`, 'EMAIL'),
  memberPassword: (t: string, id: string) => row(`${t}#MEMBER#${id}`, 'PASSWORD'),
  memberToken: (hash: string) => row(`MEMTOK#${hash}`, 'MEMTOK'),
  signInAttempts: (t: string, hash: string, window: number) =>
    row(`${t}#SIGNIN#${hash}#${window}`, 'ATTEMPTS'),
  lettersTo: (t: string, hash: string, window: number) =>
    row(`${t}#LETTERS#${hash}#${window}`, 'LETTERS'),
} as const;
