import type { Charger } from '#shared/chargers/charger.ts';
import type { StoredCommand } from '#shared/commands/command.ts';
import { commandTasks, newCommand } from '#shared/commands/queue-command.ts';
import { newRequestNumber } from '#shared/commands/request-number.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import type { Write } from '#shared/core/table.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import type { DueTask } from '#shared/events/recorded.ts';
import { fileUrl } from '#shared/files/file-url.ts';
import type { FirmwareImage } from '#shared/firmware/firmware-image.ts';
import { hasEnded, StoredUpdate, updateItem } from '#shared/firmware/firmware-update.ts';
import {
  FIRMWARE_UPDATE,
  UPDATE_FIRMWARE,
  type UpdateFirmwareInput,
} from '#shared/firmware/update-command.ts';

/** The file a charger is to install. */
export type FirmwareSource =
  | { readonly image: FirmwareImage; readonly base?: string | undefined }
  | {
      readonly url: string;
      readonly version: string | null;
      readonly signature: string | null;
      readonly signing_certificate: string | null;
    };

export interface AskedUpdate {
  readonly charger: Charger;
  readonly source: FirmwareSource;
  readonly campaign?: { readonly id: string; readonly position: number };
  readonly startAt?: string | null;
  readonly installAt?: string | null;
  readonly retries: number;
  readonly retryIntervalSeconds: number;
  readonly expiresInSeconds: number;
}

/** An update and all that is to be committed with it. */
export interface PlannedUpdate {
  readonly update: StoredUpdate;
  readonly command: StoredCommand;
  readonly writes: readonly Write[];
  readonly tasks: readonly DueTask[];
}

/** A charger may fetch the file this long after it should have begun: it may have been away. */
const FETCH_WITHIN_S = 7 * 86_400;

/**
 * An update of a charger with the command that begins it. `before` is the charger's last update so far:
 * one still under way ends as canceled when the charger agrees to this one.
 */
export async function planUpdate(
  ctx: Context,
  asked: AskedUpdate,
  before: StoredUpdate | undefined,
): Promise<PlannedUpdate> {
  const { charger } = asked;
  const id = ctx.newId('fwu');
  const { command, writes } = await commandFor(ctx, id, asked);
  const overtakes = before && !hasEnded(before.status) ? before.id : null;
  const update = { ...newUpdate(ctx, id, command.id, asked), overtakes };
  const pointer = keys.lastFirmwareUpdate(ctx.tenantId, charger.id);
  return {
    update,
    command,
    writes: [
      { op: 'put', item: updateItem(ctx, update), when: 'absent' },
      {
        op: 'put',
        item: { ...pointer, update_id: id },
        when: before ? { update_id: before.id } : 'absent',
      },
      ...writes,
    ],
    tasks: commandTasks(ctx, command),
  };
}

async function commandFor(ctx: Context, id: string, asked: AskedUpdate) {
  const { charger, source, startAt, installAt, expiresInSeconds } = asked;
  const signed = 'image' in source ? source.image : source;
  const requestNumber = await newRequestNumber(ctx, charger.id);
  const input: UpdateFirmwareInput = {
    location: await locationOf(ctx, asked),
    retrieve_at: startAt ?? isoNow(ctx),
    ...(installAt ? { install_at: installAt } : {}),
    ...(signed.signature && signed.signing_certificate
      ? { signature: signed.signature, signing_certificate: signed.signing_certificate }
      : {}),
    retries: asked.retries,
    retry_interval_seconds: asked.retryIntervalSeconds,
    request_number: requestNumber,
  };
  return newCommand(ctx, {
    type: UPDATE_FIRMWARE,
    chargerId: charger.id,
    input,
    serves: { kind: FIRMWARE_UPDATE, id },
    requestNumber,
    expiresInSeconds,
  });
}

async function locationOf(ctx: Context, asked: AskedUpdate): Promise<string> {
  const { source, startAt, installAt, expiresInSeconds } = asked;
  if ('url' in source) return source.url;
  const begins = [isoNow(ctx), startAt ?? '', installAt ?? ''].sort().at(-1) ?? isoNow(ctx);
  return fileUrl(ctx, {
    area: 'firmware',
    id: source.image.id,
    method: 'get',
    name: source.image.file_name,
    expiresAt: plusSeconds(begins, expiresInSeconds + FETCH_WITHIN_S),
    base: source.base,
  });
}

function newUpdate(
  ctx: Context,
  id: string,
  commandId: string,
  { charger, source, campaign, startAt, installAt }: AskedUpdate,
): StoredUpdate {
  const at = isoNow(ctx);
  const image = 'image' in source ? source.image : undefined;
  return StoredUpdate.parse({
    id,
    charger_id: charger.id,
    site_id: charger.site_id,
    campaign_id: campaign?.id ?? null,
    position: campaign?.position ?? null,
    firmware_image_id: image?.id ?? null,
    url: 'url' in source ? source.url : null,
    version: 'url' in source ? source.version : source.image.version,
    previous_version: charger.firmware_version,
    signed: null,
    status: 'scheduled',
    failure: null,
    command_id: commandId,
    start_at: startAt ?? null,
    install_at: installAt ?? null,
    started_at: null,
    ended_at: null,
    reports: [],
    requested_by: 'id' in ctx.actor ? ctx.actor.id : null,
    livemode: ctx.livemode,
    created_at: at,
    updated_at: at,
    resource_version: 1,
  });
}
