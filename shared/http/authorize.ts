import { type Caller, isCaller } from '#shared/core/caller.ts';
import type { Context } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { hasScope } from '#shared/core/scopes.ts';
import type { Endpoint, HttpRequest } from '#shared/http/endpoint.ts';

/** What is asked of a caller who sent no credential. */
export const BEARER = 'Bearer realm="magma"';
/** Of one whose credential is no good. */
export const OTHER_BEARER = `${BEARER}, error="invalid_token"`;

/** A refusal that comes with a `WWW-Authenticate` challenge (RFC 6750 3). */
export class Challenge extends AppError {
  readonly challenge: string;
  constructor(code: 'unauthenticated' | 'insufficient_scope', message: string, challenge: string) {
    super(code, message);
    this.challenge = challenge;
  }
}

/** Who calls; throws unauthenticated where no valid key was sent. */
export function authenticate({ actor }: Context, { headers }: HttpRequest): Caller {
  if (isCaller(actor)) return actor;
  if (headers['authorization'] === undefined)
    throw new Challenge('unauthenticated', 'Send Authorization: Bearer <API key>.', BEARER);
  throw new Challenge('unauthenticated', 'The credential is not valid.', OTHER_BEARER);
}

/** Throws insufficient_scope. `any` asks for no particular scope; `*` is every scope. */
export function requireScope({ scopes }: Caller, scope: string): void {
  if (scope === 'any' || hasScope(scopes, scope)) return;
  const challenge = `${BEARER}, error="insufficient_scope", scope="${scope}"`;
  throw new Challenge('insufficient_scope', `This needs the scope ${scope}.`, challenge);
}

/** Throws insufficient_scope where a driver calls what is not for drivers, whatever its scopes say. */
export function requireKind(
  { kind }: Caller,
  { forDrivers = false }: Pick<Endpoint, 'forDrivers'>,
) {
  if (kind !== 'driver' || forDrivers) return;
  const challenge = `${BEARER}, error="insufficient_scope"`;
  throw new Challenge('insufficient_scope', 'This is not for driver tokens.', challenge);
}
