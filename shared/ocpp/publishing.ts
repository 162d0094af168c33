import { isTerminal, StoredCommand } from '#shared/commands/command.ts';
import { type Outcome, settleCommand } from '#shared/commands/settle-command.ts';
import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';
import type { Payload } from '#shared/ocpp/schemas/messages.ts';

type News = Payload<'ocpp2.0.1', 'PublishFirmwareStatusNotification', 'request'>;

const LOOKED_AT = 50;
const AGAIN_WITHIN_S = 86_400;

const ENDS: Partial<Record<News['status'], 'completed' | 'failed'>> = {
  Published: 'completed',
  DownloadFailed: 'failed',
  InvalidChecksum: 'failed',
  PublishFailed: 'failed',
};
const snake = (word: string) => word.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase();

/** Keeps the news with the raw call that they are about. What comes after its end, or about none, is left. */
export async function reportPublishing(
  ctx: Context,
  chargerId: string,
  { status, requestId, location }: News,
): Promise<void> {
  const command = await findCall(ctx, chargerId, requestId);
  if (!command || status === 'Idle') return;
  const outcome: Outcome = {
    status: ENDS[status] ?? 'accepted',
    outcome: snake(status),
    data: location ? { locations: location } : null,
    followUpSeconds: AGAIN_WITHIN_S,
  };
  if (command.result?.outcome !== outcome.outcome) await settleCommand(ctx, command.id, outcome);
}

/** The newest agreed call to publish, of this number where one is given. */
async function findCall(
  ctx: Context,
  chargerId: string,
  requestId: number | undefined,
): Promise<StoredCommand | undefined> {
  const { items } = await ctx.table.query({
    index: 'gsi1',
    pk: keys.commandsOf(ctx.tenantId, chargerId).gsi1pk,
    newestFirst: true,
    limit: LOOKED_AT,
  });
  return items
    .map((item) => StoredCommand.parse(item))
    .filter(({ status, ocpp }) => !isTerminal(status) && ocpp?.action === 'PublishFirmware')
    .find(({ ocpp }) => requestId === undefined || numberOf(ocpp?.request) === requestId);
}

const numberOf = (request: unknown) =>
  request && typeof request === 'object' && 'requestId' in request ? request.requestId : undefined;
