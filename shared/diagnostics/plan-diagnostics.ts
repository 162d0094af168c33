import * as z from 'zod';
import type { Charger } from '#shared/chargers/charger.ts';
import type { StoredCommand } from '#shared/commands/command.ts';
import { commandTasks, newCommand } from '#shared/commands/queue-command.ts';
import { newRequestNumber } from '#shared/commands/request-number.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import type { Write } from '#shared/core/table.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { changedDiagnostics } from '#shared/diagnostics/change-diagnostics.ts';
import {
  diagnosticsItem,
  hasEnded,
  lastDiagnostics,
  StoredDiagnostics,
} from '#shared/diagnostics/diagnostics.ts';
import {
  DIAGNOSTICS,
  LogKind,
  UPLOAD_LOG,
  type UploadLogInput,
} from '#shared/diagnostics/log-command.ts';
import type { DueTask, Recorded } from '#shared/events/recorded.ts';
import { fileUrl } from '#shared/files/file-url.ts';

const when = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());

/** What log of a charger is wanted. */
export const NewDiagnostics = z
  .object({
    kind: LogKind.default('diagnostics'),
    oldest_at: when.nullable().default(null).meta({ description: 'Nothing older than this.' }),
    latest_at: when.nullable().default(null).meta({ description: 'Nothing newer than this.' }),
    upload_url: z
      .string()
      .regex(/^(https?|ftps?|sftp):\/\/\S+$/)
      .max(512)
      .nullable()
      .default(null)
      .meta({
        description:
          'Where the charger is to upload instead of to us: for chargers that speak FTP alone.',
      }),
    retries: z.int().min(0).max(10).default(3),
    retry_interval_seconds: z.int().min(0).max(3600).default(60),
    expires_in_seconds: z.int().min(1).max(604_800).default(3600).meta({
      description: 'How long the charger may be out of reach before this is given up.',
      example: 3600,
    }),
  })
  .refine(({ oldest_at, latest_at }) => !oldest_at || !latest_at || oldest_at < latest_at, {
    message: 'latest_at is after oldest_at.',
    path: ['latest_at'],
  })
  .meta({ id: 'NewDiagnostics' });
export type NewDiagnostics = z.output<typeof NewDiagnostics>;

/** A request and all that is to be committed with it. */
export interface PlannedDiagnostics {
  readonly diagnostics: StoredDiagnostics;
  readonly command: StoredCommand;
  readonly writes: readonly Write[];
  readonly events: readonly Recorded[];
  readonly tasks: readonly DueTask[];
}

/** The store lets files go by then, too. */
const KEPT_S = 90 * 86_400;
/** An upload may begin this long after the charger was reached. */
const UPLOAD_WITHIN_S = 86_400;

/** A request for a log, with its command. It takes the place of one still under way: chargers do one at a time. */
export async function planDiagnostics(
  ctx: Context,
  charger: Charger,
  asked: NewDiagnostics,
): Promise<PlannedDiagnostics> {
  const before = await lastDiagnostics(ctx, charger.id);
  const overtaken =
    before && !hasEnded(before.status)
      ? changedDiagnostics(ctx, before, { status: 'canceled', failure_reason: 'overtaken' })
      : undefined;
  const id = ctx.newId('dia');
  const { command, writes } = await commandFor(ctx, charger, id, asked);
  const diagnostics = newDiagnostics(ctx, charger, { id, commandId: command.id, asked });
  const pointer = keys.lastDiagnostics(ctx.tenantId, charger.id);
  return {
    diagnostics,
    command,
    writes: [
      { op: 'put', item: diagnosticsItem(ctx, diagnostics), when: 'absent' },
      {
        op: 'put',
        item: { ...pointer, diagnostics_id: id, ttl: diagnosticsItem(ctx, diagnostics)['ttl'] },
        when: before ? { diagnostics_id: before.id } : 'absent',
      },
      ...writes,
      ...(overtaken?.writes ?? []),
    ],
    events: overtaken?.events ?? [],
    tasks: [...commandTasks(ctx, command), ...(overtaken?.tasks ?? [])],
  };
}

async function commandFor(ctx: Context, charger: Charger, id: string, asked: NewDiagnostics) {
  const { kind, oldest_at, latest_at, upload_url, expires_in_seconds } = asked;
  const requestNumber = await newRequestNumber(ctx, charger.id);
  const expiresAt = plusSeconds(isoNow(ctx), expires_in_seconds + UPLOAD_WITHIN_S);
  const grant = { area: 'diagnostics', method: 'put', name: 'log', id, expiresAt } as const;
  const input: UploadLogInput = {
    kind,
    location: upload_url ?? (await fileUrl(ctx, grant)),
    ...(oldest_at ? { oldest_at } : {}),
    ...(latest_at ? { latest_at } : {}),
    retries: asked.retries,
    retry_interval_seconds: asked.retry_interval_seconds,
    request_number: requestNumber,
  };
  return newCommand(ctx, {
    type: UPLOAD_LOG,
    chargerId: charger.id,
    input,
    serves: { kind: DIAGNOSTICS, id },
    requestNumber,
    expiresInSeconds: expires_in_seconds,
  });
}

function newDiagnostics(
  ctx: Context,
  charger: Charger,
  { id, commandId, asked }: { id: string; commandId: string; asked: NewDiagnostics },
): StoredDiagnostics {
  const at = isoNow(ctx);
  const { kind, oldest_at, latest_at, upload_url } = asked;
  return StoredDiagnostics.parse({
    id,
    charger_id: charger.id,
    site_id: charger.site_id,
    kind,
    status: 'requested',
    oldest_at,
    latest_at,
    upload_url,
    command_id: commandId,
    requested_by: 'id' in ctx.actor ? ctx.actor.id : null,
    expires_at: plusSeconds(at, KEPT_S),
    created_at: at,
    updated_at: at,
    resource_version: 1,
  });
}
