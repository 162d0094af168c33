import { type Change, valueAt, withChanges } from '#shared/ocpp/repair/tree.ts';
import { RpcError } from '#shared/ocpp/rpc/errors.ts';
import { validatorFor } from '#shared/ocpp/schemas/validate.ts';
import type { Violation } from '#shared/ocpp/schemas/violation.ts';

/** More fields and longer texts than 2.0.1 has do no harm, and some handlers know them. */
const HARMLESS = ['additionalProperties', 'maxLength'];
/** 2.1 leaves open of what kind a token is. */
const OPEN = /^\/idToken\/type$/;

/** No message has more lists within lists. */
const ROUNDS = 10;

/**
 * A request of 2.1 as 2.0.1 could have said it: entries of a list with words that only 2.1 has are left
 * out, whole, for half of one would be something else. Throws NotSupported where nothing else is said.
 */
export async function inOlderWords(action: string, request: unknown): Promise<unknown> {
  const validate = await validatorFor('ocpp2.0.1', action, 'request');
  let told = request;
  for (let round = 0; round < ROUNDS; round++) {
    const foreign = (validate(told) ?? []).filter(isForeign);
    if (foreign.length === 0) return told;
    const changes = new Map(foreign.map((violation) => [leftOut(told, violation), DROP]));
    told = withChanges(told, changes);
  }
  throw unsaid(action);

  function leftOut(payload: unknown, { path, keyword }: Violation): string {
    const entry = /^\/[^/]+\/\d+(?=\/|$)/.exec(path)?.[0];
    if (entry) return entry;
    const isEmptied = keyword === 'minItems' && Array.isArray(valueAt(payload, path));
    if (isEmptied) return path;
    throw unsaid(action);
  }
}

const DROP: Change = 'drop';

const isForeign = ({ path, keyword }: Violation): boolean =>
  !HARMLESS.includes(keyword) && !OPEN.test(path);

const unsaid = (action: string) =>
  new RpcError('NotSupported', `This ${action} says what only OCPP 2.1 has words for`);
