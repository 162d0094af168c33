import { isVisibleCharger } from '#shared/chargers/visible-charger.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import {
  type Diagnostics,
  type DiagnosticsStatus,
  diagnosticsView,
  StoredDiagnostics,
} from '#shared/diagnostics/diagnostics.ts';
import type { LogKind } from '#shared/diagnostics/log-command.ts';
import { fileUrl } from '#shared/files/file-url.ts';

export interface DiagnosticsFilter {
  readonly charger_id: string;
  readonly ids?: readonly string[] | undefined;
  readonly kind?: LogKind | undefined;
  readonly status?: readonly DiagnosticsStatus[] | undefined;
}

interface Paging {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** A link is for whoever asked just now. */
const LINK_VALID_S = 900;
/** One request reads at most this many pages of a filter that matches little; the cursor goes on from there. */
const PAGES_AT_ONCE = 10;

/** Logs asked of a charger, newest first, with links to those that are there; none of a charger not the caller's to see. */
export async function listDiagnostics(
  ctx: Context,
  filter: DiagnosticsFilter,
  { limit, cursor }: Paging,
): Promise<{ items: Diagnostics[]; cursor?: string }> {
  if (!(await isVisibleCharger(ctx, filter.charger_id))) return { items: [] };
  const found: StoredDiagnostics[] = [];
  let next = cursor;
  for (let n = 0; n < PAGES_AT_ONCE && found.length < limit && (n === 0 || next); n++) {
    const page = await ctx.table.query({
      index: 'gsi1',
      pk: keys.diagnosticsOf(ctx.tenantId, filter.charger_id).gsi1pk,
      newestFirst: true,
      limit: limit - found.length,
      ...(next ? { cursor: next } : {}),
    });
    const rows = page.items.map((item) => StoredDiagnostics.parse(item));
    found.push(...rows.filter((row) => matches(row, filter)));
    next = page.cursor;
  }
  const items = await Promise.all(found.map((row) => withLink(ctx, row)));
  return { items, ...(next ? { cursor: next } : {}) };
}

const matches = (row: StoredDiagnostics, { ids, kind, status }: DiagnosticsFilter) =>
  (!ids || ids.includes(row.id)) &&
  (!kind || row.kind === kind) &&
  (!status || status.includes(row.status));

async function withLink(ctx: Context, row: StoredDiagnostics): Promise<Diagnostics> {
  const view = diagnosticsView(ctx, row);
  if (row.status !== 'uploaded' || row.upload_url) return view;
  const expiresAt = plusSeconds(isoNow(ctx), LINK_VALID_S);
  const name = row.file_name ?? `${row.charger_id}-${row.kind}.log`;
  const grant = { area: 'diagnostics', id: row.id, method: 'get', name, expiresAt } as const;
  return { ...view, download_url: await fileUrl(ctx, grant), download_expires_at: expiresAt };
}
