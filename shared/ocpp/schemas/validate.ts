import { load as v16 } from '#shared/ocpp/schemas/generated/ocpp1.6/index.js';
import { load as v201 } from '#shared/ocpp/schemas/generated/ocpp2.0.1/index.js';
import { load as v21 } from '#shared/ocpp/schemas/generated/ocpp2.1/index.js';
import type { ActionOf, Side } from '#shared/ocpp/schemas/messages.ts';
import { type Violation, violationOf } from '#shared/ocpp/schemas/violation.ts';
import type { OcppVersion } from '#shared/ocpp/version.ts';

/** `undefined` when the payload is valid. */
export type Validate = (payload: unknown) => readonly Violation[] | undefined;

const loaders = { 'ocpp1.6': v16, 'ocpp2.0.1': v201, 'ocpp2.1': v21 } as const;
const loaded = new Map<string, Validate>();

export const actionsOf = (version: OcppVersion): readonly string[] => Object.keys(loaders[version]);

/** Whether this version defines the action, whoever may send it. */
export const isAction = <V extends OcppVersion>(
  version: V,
  action: string,
): action is ActionOf<V> => Object.hasOwn(loaders[version], action);

/** The strict validator of one message. Its code is loaded on first use, then kept. */
export async function validatorFor(
  version: OcppVersion,
  action: string,
  side: Side,
): Promise<Validate> {
  const name = `${version} ${action} ${side}`;
  const known = loaded.get(name);
  if (known) return known;
  const loader = isAction(version, action) ? loaders[version][action] : undefined;
  const validator = (await loader?.())?.[side];
  if (!validator) throw new RangeError(`There is no ${name}.`);
  const validate: Validate = (payload) =>
    validator(payload) ? undefined : (validator.errors ?? []).map(violationOf);
  loaded.set(name, validate);
  return validate;
}
