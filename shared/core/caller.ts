import type { Actor } from '#shared/core/context.ts';

/**
 * Who may hold a credential: the organization's own software by an API key, or an OAuth client in its own
 * name; a person of the organization, or a driver, through an OAuth client. A driver reaches what is the
 * driver's own, and nothing else.
 */
export const callerKinds = ['api_key', 'oauth_client', 'member', 'driver'] as const;
export type CallerKind = (typeof callerKinds)[number];

/** Somebody with a credential of the organization, and what it lets them do. */
export interface Caller {
  readonly kind: CallerKind;
  readonly id: string;
  readonly scopes: readonly string[];
  /** The sites it is restricted to; left out, it reaches all. */
  readonly siteIds?: readonly string[];
  /** The OAuth client that calls for a person. */
  readonly clientId?: string;
  /** From where browsers may call with this credential. */
  readonly origins?: readonly string[];
  /** The organization of the credential, where it acts for a child of that. */
  readonly homeOrganizationId?: string;
}

/** What a valid credential stands for: a caller of an organization, in its mode. */
export interface Identified {
  readonly organizationId: string;
  readonly livemode: boolean;
  readonly caller: Caller;
}

export const isCaller = (actor: Actor): actor is Caller =>
  callerKinds.some((kind) => kind === actor.kind);

/** The id of whoever calls; null for chargers and for the platform itself. */
export const callerId = ({ actor }: { readonly actor: Actor }): string | null =>
  isCaller(actor) ? actor.id : null;

/** The scopes of whoever acts; the platform itself may do everything. */
export const scopesOf = ({ actor }: { readonly actor: Actor }): readonly string[] =>
  isCaller(actor) ? actor.scopes : ['*'];
