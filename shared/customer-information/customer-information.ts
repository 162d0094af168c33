import * as z from 'zod';
import { isTerminal } from '#shared/commands/command.ts';
import { findByRequestNumber } from '#shared/commands/request-number.ts';
import { settleCommand } from '#shared/commands/settle-command.ts';
import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';
import { readAll } from '#shared/db/read-all.ts';

/** Whom a request about personal data concerns, and what is asked. */
export const CustomerInput = z.object({
  request_id: z.int(),
  report: z.boolean(),
  erase: z.boolean(),
  token: z.object({ uid: z.string(), type: z.string() }).optional(),
  customer_identifier: z.string().optional(),
  certificate: z
    .object({
      hash_algorithm: z.enum(['SHA256', 'SHA384', 'SHA512']),
      issuer_name_hash: z.string(),
      issuer_key_hash: z.string(),
      serial_number: z.string(),
    })
    .optional(),
});

const Part = z.object({ seq: z.int(), data: z.string(), last: z.boolean() });
type Part = z.infer<typeof Part>;

/** A report has no more parts than this, of 512 characters each. */
const MOST_PARTS = 10_000;
/** Personal data does not lie about: parts are forgotten after a day. */
const KEPT_S = 86_400;

/**
 * Takes a part of what a charger knows of a customer. Parts may come in any order, and twice; when all
 * are there the command that asked is done. Parts of a report nobody asked for are not kept.
 */
export async function reportCustomer(
  ctx: Context,
  chargerId: string,
  request: number,
  part: Part,
): Promise<void> {
  const command = await findByRequestNumber(ctx, chargerId, request);
  const awaited = command && !isTerminal(command.status) && part.seq >= 0 && part.seq < MOST_PARTS;
  if (!awaited) {
    ctx.log.warn('Customer information nobody waits for', { charger: chargerId, request });
    return;
  }
  const ttl = Math.floor(ctx.now().getTime() / 1000) + KEPT_S;
  const key = keys.customerReport(ctx.tenantId, chargerId, request, part.seq);
  await ctx.table.write([{ op: 'put', item: { ...key, ...part, ttl } }]);
  const parts = await partsOf(ctx, chargerId, request);
  if (!isComplete(parts)) return;
  const information = parts.map(({ data }) => data).join('');
  const told = await settleCommand(ctx, command.id, {
    status: 'completed',
    outcome: 'accepted',
    data: { characters: information.length },
    confidential: { information },
  });
  if (!told) return;
  for (const { seq } of parts) {
    const taken = keys.customerReport(ctx.tenantId, chargerId, request, seq);
    await ctx.table.write([{ op: 'delete', key: taken }]);
  }
}

async function partsOf(ctx: Context, chargerId: string, request: number): Promise<Part[]> {
  const query = keys.customerReportOf(ctx.tenantId, chargerId, request);
  return (await readAll(ctx, query)).map((item) => Part.parse(item));
}

const isComplete = (parts: readonly Part[]): boolean =>
  parts.at(-1)?.last === true && parts.every(({ seq }, index) => seq === index);
