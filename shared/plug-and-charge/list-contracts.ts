import type { Context } from '#shared/core/context.ts';
import { readCount } from '#shared/core/counts.ts';
import { ownDriverId, withinReach } from '#shared/core/driver-access.ts';
import { allowedSites } from '#shared/core/site-access.ts';
import { keys } from '#shared/db/keys.ts';
import { readAll } from '#shared/db/read-all.ts';
import {
  Contract,
  type ContractStatus,
  type ContractView,
  contractView,
  findContract,
} from '#shared/plug-and-charge/contract.ts';
import { Token } from '#shared/tokens/token.ts';

export interface ContractFilter {
  readonly emaid?: string | undefined;
  readonly driver_id?: string | undefined;
  readonly vehicle_id?: string | undefined;
  readonly status?: readonly ContractStatus[] | undefined;
  readonly expires_before?: string | undefined;
}

/** Contracts, newest first. A credential restricted to sites sees none, as it sees no tokens. */
export async function listContracts(
  ctx: Context,
  asked: ContractFilter,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: ContractView[]; total: number | null; cursor?: string }> {
  const filter = withinReach(ctx, asked);
  if (!filter || allowedSites(ctx)) return { items: [], total: 0 };
  if (filter.emaid !== undefined) {
    const contract = await findContract(ctx, filter.emaid);
    const items = contract ? [contractView(ctx, contract)].filter(matches(filter)) : [];
    return { items, total: items.length };
  }
  const own = ownDriverId(ctx);
  if (own !== undefined) return contractsOf(ctx, own, filter, { limit, cursor });
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  const [page, total] = await Promise.all([
    ctx.table.query({
      index: 'gsi1',
      pk: keys.contracts(ctx.tenantId).gsi1pk,
      limit,
      newestFirst: true,
      ...(cursor ? { cursor } : {}),
    }),
    isFiltered ? null : readCount(ctx.table, keys.count(ctx.tenantId, 'contract')),
  ]);
  const contracts = page.items.map((item) => contractView(ctx, Contract.parse(item)));
  const next = page.cursor ? { cursor: page.cursor } : {};
  return { items: contracts.filter(matches(filter)), total, ...next };
}

/** A driver's own, by the driver's tokens: there are few, and nobody else's are read on the way. */
async function contractsOf(
  ctx: Context,
  driver: string,
  filter: ContractFilter,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
) {
  const { gsi2pk: pk } = keys.tokensOfDriver(ctx.tenantId, driver);
  const tokens = (await readAll(ctx, { index: 'gsi2', pk })).map((item) => Token.parse(item));
  const emaids = tokens.filter(({ type }) => type === 'emaid').map(({ uid }) => uid);
  const rows = await ctx.table.batchGet(emaids.map((emaid) => keys.contract(ctx.tenantId, emaid)));
  const all = rows
    .flatMap((row) => (row ? [contractView(ctx, Contract.parse(row))] : []))
    .filter(matches(filter))
    .sort((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1));
  const rest = all.filter((contract) => !cursor || placeOf(contract) < cursor);
  const last = rest[limit - 1];
  const next = last && rest.length > limit ? { cursor: placeOf(last) } : {};
  return { items: rest.slice(0, limit), total: all.length, ...next };
}

const placeOf = ({ created_at, emaid }: ContractView) => `${created_at}#${emaid}`;

const matches =
  ({ driver_id, vehicle_id, status, expires_before }: ContractFilter) =>
  (contract: ContractView): boolean =>
    (driver_id === undefined || contract.driver_id === driver_id) &&
    (vehicle_id === undefined || contract.vehicle_id === vehicle_id) &&
    (status === undefined || status.includes(contract.status)) &&
    (expires_before === undefined ||
      (contract.expires_at !== null &&
        Date.parse(contract.expires_at) < Date.parse(expires_before)));
