import type { OcppVersion } from '#shared/chargers/charger.ts';
import { configuredNumber, findVariable } from '#shared/configuration/configured-value.ts';
import type { Context } from '#shared/core/context.ts';

export interface ListLimits {
  /** Tokens on the list. */
  readonly most: number;
  /** Tokens in one message. */
  readonly perMessage: number;
  readonly longestUid: number;
}

/** Where the charger has not told. A refused message is tried again with half as many. */
const UNTOLD = { most: 10_000, perMessage: 50 };
/** More make the rows of the commands that carry them large. */
const PER_MESSAGE_AT_MOST = 100;

/** What a charger's list can hold, as far as its configuration was read. */
export async function listLimits(
  ctx: Context,
  chargerId: string,
  version: OcppVersion,
): Promise<ListLimits> {
  const is16 = version === '1.6';
  const [most, perMessage] = await (is16 ? told16(ctx, chargerId) : told201(ctx, chargerId));
  return {
    most: most ?? UNTOLD.most,
    perMessage: Math.min(Math.max(perMessage || UNTOLD.perMessage, 1), PER_MESSAGE_AT_MOST),
    longestUid: is16 ? 20 : 36,
  };
}

const told16 = (ctx: Context, chargerId: string) =>
  Promise.all([
    configuredNumber(ctx, chargerId, 'LocalAuthListMaxLength'),
    configuredNumber(ctx, chargerId, 'SendLocalListMaxLength'),
  ]);

/** How many it can hold is the limit of the variable that tells how many it holds. */
async function told201(ctx: Context, chargerId: string) {
  const of = { component: 'LocalAuthListCtrlr', component_instance: null, evse_connector_id: null };
  const ref = { ...of, instance: null, evse_id: null };
  const [entries, perMessage] = await Promise.all([
    findVariable(ctx, chargerId, { ...ref, name: 'Entries' }),
    findVariable(ctx, chargerId, { ...ref, name: 'ItemsPerMessage' }),
  ]);
  const number = perMessage?.value === undefined ? Number.NaN : Number(perMessage.value);
  return [entries?.max_limit, Number.isInteger(number) ? number : undefined];
}
