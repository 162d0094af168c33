import type { Item, Key } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { Driver } from '#shared/drivers/driver.ts';
import { driverScopes } from '#shared/drivers/driver-scopes.ts';
import { Member, memberScopes } from '#shared/members/member.ts';
import type { TokenKind } from '#shared/oauth/access-token.ts';
import type { OauthClientType } from '#shared/oauth-clients/oauth-client.ts';

/** Somebody who lets an app act for him: a member of an organization, or one of its drivers. */
export interface Person {
  readonly name: string | null;
  readonly email: string | null;
  /** What he may himself. */
  readonly scopes: readonly string[];
  /** The sites he is restricted to; null for all. */
  readonly siteIds: readonly string[] | null;
  /** Sign-ins of before are over, and what was granted by them. */
  readonly signedInFrom: string | null;
}

/** Whom a client's tokens stand for. */
export const kindOf: Readonly<Record<OauthClientType, TokenKind>> = {
  service: 'oauth_client',
  member_app: 'member',
  driver_app: 'driver',
};

interface Kind {
  readonly keyOf: (t: string, id: string) => Key;
  /** Undefined for somebody who is let in no more. */
  readonly read: (row: Item) => Person | undefined;
}

/** How the people of a kind are found and read; a service is no person. */
const people: Readonly<Record<TokenKind, Kind | undefined>> = {
  oauth_client: undefined,
  member: {
    keyOf: keys.member,
    read(row) {
      const member = Member.parse(row);
      if (member.status !== 'active') return undefined;
      const { name, email, site_ids: siteIds, sessions_valid_from: signedInFrom } = member;
      return { name, email, scopes: memberScopes(member), siteIds, signedInFrom };
    },
  },
  driver: {
    keyOf: keys.driver,
    read(row) {
      const driver = Driver.parse(row);
      if (driver.status !== 'active') return undefined;
      const { name, email, sessions_valid_from: signedInFrom } = driver;
      return { name, email, scopes: driverScopes, siteIds: null, signedInFrom };
    },
  },
};

/** Where a person's row lies; undefined for a kind that is none. */
export const personKey = (kind: TokenKind, t: string, id: string): Key | undefined =>
  people[kind]?.keyOf(t, id);

/** The person of a row, unless he is no longer there. */
export const readPerson = (kind: TokenKind, row: Item | undefined): Person | undefined =>
  row && people[kind]?.read(row);

/** Whether what he signed in for at that second is still good. */
export const isSignedIn = (
  { signedInFrom }: Pick<Person, 'signedInFrom'>,
  authTime: number | undefined,
): boolean => signedInFrom === null || (authTime ?? 0) * 1000 >= Date.parse(signedInFrom);
