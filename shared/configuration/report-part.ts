import * as z from 'zod';
import { isTerminal } from '#shared/commands/command.ts';
import { findByRequestNumber } from '#shared/commands/request-number.ts';
import { settleCommand } from '#shared/commands/settle-command.ts';
import type { Context } from '#shared/core/context.ts';
import { retrying } from '#shared/core/retry.ts';
import { keys } from '#shared/db/keys.ts';

/** Which part of which report came. */
export interface ReportPart {
  readonly request: number;
  readonly seq: number;
  readonly last: boolean;
}

const Report = z.object({ seqs: z.array(z.int()), last: z.int().nullable(), version: z.int() });
type Report = z.infer<typeof Report>;

/** No report has more parts; one that says so never ends, and its command times out. */
const PARTS_AT_MOST = 5000;
const KEPT_S = 86_400;

/**
 * Notes that a part of a report has come, after what it tells was stored. When all parts are there, in
 * whatever order and however often they came, the command that asked is done. A report nobody asked for
 * ends nothing. Answers whether the report is whole.
 */
export async function reportPart(
  ctx: Context,
  chargerId: string,
  part: ReportPart,
): Promise<boolean> {
  const command = await findByRequestNumber(ctx, chargerId, part.request);
  if (!command) {
    ctx.log.info('A report nobody asked for', { charger: chargerId, request: part.request });
    return false;
  }
  const report = await note(ctx, chargerId, part);
  if (!isWhole(report)) return false;
  if (isTerminal(command.status)) return true;
  await settleCommand(ctx, command.id, {
    status: 'completed',
    outcome: 'reported',
    data: { parts: report.seqs.length },
  });
  return true;
}

async function note(ctx: Context, chargerId: string, part: ReportPart): Promise<Report> {
  const { request, seq, last } = part;
  const key = keys.configurationReport(ctx.tenantId, chargerId, request);
  return retrying(async () => {
    const item = await ctx.table.get(key);
    const before: Report = item ? Report.parse(item) : { seqs: [], last: null, version: 0 };
    const isKnown = before.seqs.includes(seq) && (!last || before.last === seq);
    if (isKnown || seq < 0 || seq >= PARTS_AT_MOST) return before;
    const seqs = [...new Set([...before.seqs, seq])];
    const ttl = Math.floor(ctx.now().getTime() / 1000) + KEPT_S;
    const { version } = before;
    const after: Report = { seqs, last: last ? seq : before.last, version: version + 1 };
    const when = item ? { version } : 'absent';
    await ctx.table.write([{ op: 'put', item: { ...key, ...after, ttl }, when }]);
    return after;
  });
}

/** Every number up to the last one is there. */
const isWhole = ({ seqs, last }: Report): boolean =>
  last !== null && seqs.filter((seq) => seq <= last).length === last + 1;
