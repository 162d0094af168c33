import type { Caller } from '#shared/core/caller.ts';
import type { CertificateAuthority } from '#shared/core/certificate-authority.ts';
import type { Files } from '#shared/core/files.ts';
import type { Log } from '#shared/core/log.ts';
import type { Mail } from '#shared/core/mail.ts';
import type { Sockets } from '#shared/core/sockets.ts';
import type { Table, Write } from '#shared/core/table.ts';
import type { TrafficLog } from '#shared/core/traffic-log.ts';

/** Who acts. A charger's id is its charger id. */
export type Actor =
  | Caller
  | { readonly kind: 'charger'; readonly id: string }
  | { readonly kind: 'system' }
  | { readonly kind: 'anonymous' };

/** Why something happened, as events tell it. `ref` names the message, task or request. */
export interface Cause {
  readonly type:
    | 'api_request'
    | 'charger_message'
    | 'rule'
    | 'schedule'
    | 'partner'
    | 'psp'
    | 'system';
  readonly ref: string | null;
  readonly request_id: string | null;
  readonly idempotency_key: string | null;
  readonly actor: string | null;
}

/** What a change makes or changes: `session`, and its id. */
export interface Aggregate {
  readonly kind: string;
  readonly id: string;
}

/** Keeps what a request has changed, in the transaction of that change. */
export interface Marker {
  /** To be written with the change; nothing after the first. */
  writes(aggregate: Aggregate): readonly Write[];
  /** They have been written. */
  seen(aggregate: Aggregate): void;
}

/** A transaction that is about to be written, as the audit log looks at it. */
export interface Witnessed {
  readonly aggregate: Aggregate;
  readonly writes: readonly Write[];
  readonly events?: readonly WitnessedEvent[];
  /** What is asked for with it and done by others, later. */
  readonly noted?: Readonly<Record<string, unknown>>;
}
export interface WitnessedEvent {
  readonly type: string;
  readonly subject: string;
  readonly scope?:
    | {
        readonly site_id?: string | null | undefined;
        readonly charger_id?: string | null | undefined;
      }
    | undefined;
  readonly object?: unknown;
  readonly patch?: Readonly<Record<string, unknown>> | undefined;
  readonly previous?: Readonly<Record<string, unknown>> | undefined;
}
/** Makes the entry of the audit log that is to be written with a change. */
export type Witness = (ctx: Context, change: Witnessed) => Promise<Write>;

/**
 * Everything a use case may reach besides its input. Built by shared/aws in Lambdas and in the local
 * host, by test/support in tests. `tenantId` is the organization id, and part of every partition key.
 */
export interface Context {
  readonly tenantId: string;
  readonly livemode: boolean;
  readonly actor: Actor;
  readonly cause: Cause;
  /** There while a caller's request changes things: what it changes is written down with it. */
  readonly witness?: Witness;
  /** There while a request is carried out that may come again and must not be done twice. */
  readonly marker?: Marker;
  readonly table: Table;
  readonly sockets: Sockets;
  readonly log: Log;
  /** The raw messages of chargers. */
  readonly traffic: TrafficLog;
  /** The public base URLs of this deployment, without a trailing slash. */
  readonly urls: {
    readonly api: string;
    readonly ocpp: string;
    readonly live: string;
    /** Where chargers come in over TLS; left out where they cannot. */
    readonly secureOcpp?: string;
    /** Whether a client certificate is asked for there. */
    readonly clientCertificates?: boolean;
  };
  /** Signs paging cursors. */
  readonly cursorKey: () => Promise<string>;
  readonly files: Files;
  /** Signs the URLs of files; the edge has it too. */
  readonly filesKey: () => Promise<string>;
  readonly mail: Mail;
  /** Issues the certificates of chargers. */
  readonly ca: CertificateAuthority;
  now(): Date;
  /** `prefix_` + ULID, sortable by time. */
  newId(prefix: string): string;
  /** `bytes` random bytes as base64url, for secrets and tickets. */
  newSecret(bytes: number): string;
}

/** Now, as every instant is written: RFC 3339, UTC, milliseconds. */
export const isoNow = (ctx: Pick<Context, 'now'>): string => ctx.now().toISOString();

/** What follows from a change, which the platform does by itself: no entry of the audit log is about it. */
export const asConsequence = ({ witness: _, ...ctx }: Context): Context => ctx;
