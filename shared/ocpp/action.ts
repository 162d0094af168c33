import type { Capability } from '#shared/chargers/capabilities.ts';
import type { Outcome } from '#shared/commands/settle-command.ts';
import type { Context } from '#shared/core/context.ts';
import type { ActionOf, Payload } from '#shared/ocpp/schemas/messages.ts';
import type { OcppVersion } from '#shared/ocpp/version.ts';

/** The charger at the other end, as its connection was authorised. */
export interface Peer {
  readonly chargerId: string;
  readonly identity: string;
  readonly connectionId: string;
  readonly version: OcppVersion;
}

/** A payload of which any required part may be missing: what is left of an invalid message about money. */
export type Salvaged<T> = T extends readonly (infer E)[]
  ? readonly Salvaged<E>[]
  : T extends object
    ? { readonly [K in keyof T]?: Salvaged<T[K]> | undefined }
    : T;

/** How a message came through validation; what was repaired is written beside the session it concerns. */
export interface Admitted<P> {
  readonly request: P;
  readonly peer: Peer;
  readonly messageId: string;
  /** e.g. `repaired_timestamp`; empty for a message that was valid as it came. */
  readonly flags: readonly string[];
}

/** A call the charger makes to us, with its types erased. */
export interface Inbound {
  readonly action: string;
  readonly version: OcppVersion;
  /** Refusing it would lose money: it is taken even when it cannot be repaired. */
  readonly carriesMoney: boolean;
  /** One real request, run by the registry test. */
  readonly example: unknown;
  readonly run: (admitted: Admitted<unknown>, ctx: Context) => Promise<unknown>;
}

interface InboundSpec<V extends OcppVersion, A extends ActionOf<V>, Req> {
  readonly example: Payload<V, A, 'request'>;
  readonly handle: (admitted: Admitted<Req>, ctx: Context) => Promise<Payload<V, A, 'response'>>;
}

/** A call from the charger that is refused when it is invalid beyond repair. */
export const defineInbound = <V extends OcppVersion, A extends ActionOf<V>>(
  version: V,
  action: A,
  spec: InboundSpec<V, A, Payload<V, A, 'request'>>,
): Inbound => erase(version, action, false, spec);

/** A call from the charger that must never be lost: whatever of it is valid is handled. */
export const defineMoneyInbound = <V extends OcppVersion, A extends ActionOf<V>>(
  version: V,
  action: A,
  spec: InboundSpec<V, A, Salvaged<Payload<V, A, 'request'>>>,
): Inbound => erase(version, action, true, spec);

function erase<V extends OcppVersion, A extends ActionOf<V>, Req>(
  version: V,
  action: A,
  carriesMoney: boolean,
  { example, handle }: InboundSpec<V, A, Req>,
): Inbound {
  // The payload was validated against this very action's schema before it came here.
  const run = (admitted: Admitted<unknown>, ctx: Context) => handle(admitted as Admitted<Req>, ctx);
  return { action, version, carriesMoney, example, run };
}

/** A call we make to the charger, with its types erased. */
export interface Outbound {
  readonly action: string;
  readonly version: OcppVersion;
  /** The neutral command it carries out; undefined = reachable by `raw` alone. */
  readonly command: string | undefined;
  /** What the charger must be capable of to take it; undefined = every charger of the version is. */
  readonly capability: Capability | undefined;
  readonly example: unknown;
  /** A message of another version that its `data` is the JSON text of. */
  readonly carries?: { readonly version: OcppVersion; readonly action: string };
  /** Whether it can carry out the command as asked, where several actions carry it out. */
  readonly fits: (input: Input) => boolean;
  readonly toRequest: (input: Input) => unknown;
  readonly outcomeOf: (response: unknown) => Outcome;
}

type Input = Readonly<Record<string, unknown>>;

export const defineOutbound = <V extends OcppVersion, A extends ActionOf<V>>(
  version: V,
  action: A,
  spec: {
    readonly command?: string;
    readonly capability?: Capability;
    readonly fits?: (input: Input) => boolean;
    readonly example: Payload<V, A, 'request'>;
    readonly toRequest?: (input: Input) => Payload<V, A, 'request'>;
    readonly outcomeOf?: (response: Payload<V, A, 'response'>) => Outcome;
  },
): Outbound => ({
  version,
  action,
  command: spec.command,
  capability: spec.capability,
  fits: spec.fits ?? (() => true),
  example: spec.example,
  toRequest: spec.toRequest ?? ((input) => input),
  outcomeOf: spec.outcomeOf
    ? (response) => outcome(spec.outcomeOf, response)
    : (response) => outcomeByStatus(response),
});

const outcome = <R>(of: ((response: R) => Outcome) | undefined, response: unknown): Outcome =>
  of ? of(response as R) : outcomeByStatus(response);

/** Words that say no, in any action of any version. */
const REFUSALS = [
  'Rejected',
  'NotSupported',
  'NotImplemented',
  'Unknown',
  'UnknownVendorId',
  'UnknownMessageId',
  'Occupied',
  'Faulted',
  'Unavailable',
  'UnlockFailed',
  'OngoingAuthorizedTransaction',
  'UnknownConnector',
  'Failed',
  'VersionMismatch',
];

/** Most answers are a `status`: said no, or did it. */
export function outcomeByStatus(response: unknown): Outcome {
  const data = response && typeof response === 'object' ? { ...response } : {};
  const { status, ...rest }: Record<string, unknown> = data;
  const word = typeof status === 'string' ? status : 'Accepted';
  const refused = REFUSALS.includes(word);
  const reason = refused ? `The charger answered ${word}.` : null;
  return {
    status: refused ? 'rejected' : 'completed',
    outcome: snake(word),
    reason,
    data: Object.keys(rest).length > 0 ? rest : null,
  };
}

const snake = (word: string) => word.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase();

/** All a version can say, both ways. */
export interface Protocol {
  readonly version: OcppVersion;
  readonly inbound: readonly Inbound[];
  readonly outbound: readonly Outbound[];
}
