import type { Context } from '#shared/core/context.ts';
import { readCount } from '#shared/core/counts.ts';
import { withinReach } from '#shared/core/driver-access.ts';
import { allowedSites } from '#shared/core/site-access.ts';
import { keys } from '#shared/db/keys.ts';
import { findToken, findTokenById, Token } from '#shared/tokens/token.ts';
import { type TokenView, tokenView } from '#shared/tokens/token-view.ts';

export interface TokenFilter {
  readonly ids?: readonly string[] | undefined;
  readonly uid?: string | undefined;
  readonly driver_id?: string | undefined;
  readonly type?: readonly string[] | undefined;
  readonly status?: readonly string[] | undefined;
  readonly contract_id?: string | undefined;
  readonly group_id?: string | undefined;
  readonly label?: string | undefined;
  readonly external_ref?: string | undefined;
  readonly updated_since?: string | undefined;
}

interface Paging {
  readonly limit: number;
  readonly cursor?: string | undefined;
}
interface TokenPage {
  readonly items: TokenView[];
  readonly total: number | null;
  readonly cursor?: string;
}

const SCAN_PAGE = 200;
/** Filters that no index serves count matches up to here; past it the total is unknown. */
const COUNTED_AT_MOST = 2000;

/** Tokens, newest first. The cursor is the id of the last one. */
export async function listTokens(
  ctx: Context,
  asked: TokenFilter,
  page: Paging,
): Promise<TokenPage> {
  const filter = withinReach(ctx, asked);
  if (!filter || allowedSites(ctx)) return { items: [], total: 0 };
  if (filter.ids || filter.uid !== undefined) return few(ctx, filter, page);
  const narrows = Object.values(filter).some((value) => value !== undefined);
  return narrows ? filtered(ctx, filter, page) : all(ctx, page);
}

/** One or some that are named. */
async function few(ctx: Context, filter: TokenFilter, { limit, cursor }: Paging) {
  const found =
    filter.uid === undefined
      ? await Promise.all([...new Set(filter.ids)].map((id) => findTokenById(ctx, id)))
      : [await findToken(ctx, filter.uid)];
  const views = found
    .filter((token) => token?.id != null)
    .flatMap((token) => (token ? [tokenView(ctx, token)] : []))
    .filter((view) => matches(view, filter) && (!filter.ids || filter.ids.includes(view.id)))
    .sort((a, b) => (a.id < b.id ? 1 : -1));
  return pageOf(views, { limit, cursor }, true);
}

async function all(ctx: Context, { limit, cursor }: Paging): Promise<TokenPage> {
  const [{ items, more }, total] = await Promise.all([
    read(ctx, {}, limit, cursor),
    readCount(ctx.table, keys.count(ctx.tenantId, 'token')),
  ]);
  const last = items.at(-1);
  return { items, total, ...(more && last ? { cursor: last.id } : {}) };
}

/** Reads the source once through: the page is the `limit` matches after the cursor. */
async function filtered(ctx: Context, filter: TokenFilter, paging: Paging): Promise<TokenPage> {
  const found: TokenView[] = [];
  const beyond = () => found.filter(({ id }) => !paging.cursor || id < paging.cursor).length;
  let before: string | undefined;
  let count = 0;
  for (let more = true; more; ) {
    const page = await read(ctx, filter, SCAN_PAGE, before);
    found.push(...page.items.filter((view) => matches(view, filter)));
    before = page.items.at(-1)?.id;
    count += page.items.length;
    more = page.more && before !== undefined;
    if (more && count >= COUNTED_AT_MOST && beyond() > paging.limit)
      return pageOf(found, paging, false);
  }
  return pageOf(found, paging, true);
}

function pageOf(views: readonly TokenView[], { limit, cursor }: Paging, isAll: boolean): TokenPage {
  const rest = views.filter(({ id }) => !cursor || id < cursor);
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  const more = rest.length > limit && last;
  return { items, total: isAll ? views.length : null, ...(more ? { cursor: last.id } : {}) };
}

/** The next tokens below an id, from the index that fits. */
async function read(ctx: Context, { driver_id }: TokenFilter, limit: number, before?: string) {
  const t = ctx.tenantId;
  const source = driver_id
    ? ({ index: 'gsi2', pk: keys.tokensOfDriver(t, driver_id).gsi2pk } as const)
    : ({ index: 'gsi1', pk: keys.tokens(t).gsi1pk } as const);
  // The bound is inclusive: one more is read, and that one is left out.
  const { items, cursor } = await ctx.table.query({
    ...source,
    newestFirst: true,
    limit: limit + (before ? 1 : 0),
    ...(before ? { to: before } : {}),
  });
  const views = items.map((item) => tokenView(ctx, Token.parse(item)));
  const below = views.filter(({ id }) => id !== before);
  return { items: below.slice(0, limit), more: cursor !== undefined || below.length > limit };
}

const matches = (view: TokenView, filter: TokenFilter): boolean =>
  (!filter.type || filter.type.includes(view.type)) &&
  (!filter.status || filter.status.includes(view.status)) &&
  (filter.driver_id === undefined || view.driver_id === filter.driver_id) &&
  (filter.contract_id === undefined || view.contract_id === filter.contract_id) &&
  (filter.group_id === undefined || view.group_id === filter.group_id) &&
  (filter.label === undefined || view.labels.includes(filter.label)) &&
  (filter.external_ref === undefined || view.external_ref === filter.external_ref) &&
  (filter.updated_since === undefined ||
    Date.parse(view.updated_at) >= Date.parse(filter.updated_since));
