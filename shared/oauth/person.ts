import type { Item, Key } from '#shared/core/table.ts';
import type { TokenKind } from '#shared/oauth/access-token.ts';
import type { OauthClientType } from '#shared/oauth-clients/oauth-client.ts';

/** Somebody who lets an app act for him: a member of an organization, or one of its drivers. */
export interface Person {
  readonly id: string;
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

/** Where a person's row lies; undefined for a kind that is none. */
export function personKey(kind: TokenKind, _t: string, _id: string): Key | undefined {
  return kind === 'oauth_client' ? undefined : undefined;
}

/** The person of a row, unless he is no longer there. */
export function readPerson(_kind: TokenKind, _row: Item | undefined): Person | undefined {
  return undefined;
}

/** Whether what he signed in for at that second is still good. */
export const isSignedIn = ({ signedInFrom }: Person, authTime: number | undefined): boolean =>
  signedInFrom === null || (authTime ?? 0) * 1000 >= Date.parse(signedInFrom);
