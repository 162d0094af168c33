import * as z from 'zod';
import { endpoint } from '#functions/api/commands/create-command-batch.ts';
import { endpoint as listCommands } from '#functions/api/commands/list-commands.ts';
import { call } from '#test/support/call.ts';
import type { TestContext } from '#test/support/context.ts';
import { aPeer, type OcppPeer } from '#test/support/ocpp-peer.ts';
import { recordedEvents } from '#test/support/outbox.ts';

export const post = (ctx: TestContext, body: object) => call(ctx, endpoint, { body });
export const soft = { type: 'reset', input: { type: 'soft' } };
const Listed = z.object({
  commands: z.array(
    z.looseObject({
      charger_id: z.string(),
      status: z.string(),
      result: z.looseObject({ outcome: z.string() }).nullable(),
    }),
  ),
  batch: z.looseObject({ status: z.string(), total: z.int() }),
});

/** What of a batch can be read: the batch, and the status of each charger's command. */
export async function seen(ctx: TestContext, batch_id: unknown) {
  const { body } = await call(ctx, listCommands, { query: { batch_id, limit: 200 } });
  const { batch, commands } = Listed.parse(body);
  const status = Object.fromEntries(commands.map((one) => [one.charger_id, one.status]));
  return { batch, commands, status };
}

export async function peers(
  ctx: TestContext,
  count: number,
  version?: 'ocpp2.0.1',
): Promise<OcppPeer[]> {
  const all: OcppPeer[] = [];
  for (let n = 1; n <= count; n += 1)
    all.push(await aPeer(ctx, { id: `CP-${n}`, ...(version ? { version } : {}) }));
  return all;
}
export const asked = (chargers: readonly OcppPeer[]) =>
  chargers.filter((one) => one.asked().length > 0);
export const idsOf = (chargers: readonly OcppPeer[]) => chargers.map(({ id }) => id);
export const events = (ctx: TestContext) =>
  recordedEvents(ctx).filter(({ type }) => type === 'command_batch.completed');
