import { type Charger, type ChargerView, Metadata } from '#shared/chargers/charger.ts';
import {
  chargerView,
  getWholeCharger,
  requireReach,
  type WholeCharger,
} from '#shared/chargers/charger-view.ts';
import { ChargerDeleted, ChargerUpdated } from '#shared/chargers/events.ts';
import type { ChargerPatch } from '#shared/chargers/new-charger.ts';
import { chargerItem } from '#shared/chargers/register-charger.ts';
import { askForBoot } from '#shared/commands/ask-for-boot.ts';
import { applyPatch } from '#shared/core/apply-patch.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { countBy } from '#shared/core/counts.ts';
import { AppError } from '#shared/core/errors.ts';
import { retrying } from '#shared/core/retry.ts';
import type { Write } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { type EventType, eventOf } from '#shared/events/event.ts';
import { requireSite } from '#shared/sites/site.ts';

/** Changes what is written about a charger. Throws not_found, etag_mismatch, validation_failed, site_restricted. */
export async function updateCharger(
  ctx: Context,
  id: string,
  patch: ChargerPatch,
  ifMatch?: number,
): Promise<ChargerView> {
  if (patch.site_id) await requireSite(ctx, patch.site_id);
  let admitted = false;
  const view = await retrying(async () => {
    const whole = await getWholeCharger(ctx, id);
    checkVersion(ctx, whole, ifMatch);
    const { metadata, ...fields } = patch;
    const before = whole.charger;
    const charger = applyPatch(before, {
      ...fields,
      metadata: metadata && mergeMetadata(before.metadata, metadata),
    });
    requireReach(ctx, charger);
    const waits = before.registration !== 'accepted' && whole.connection?.connection_id;
    admitted = Boolean(waits) && charger.registration === 'accepted';
    const moved = before.site_id !== charger.site_id;
    const previous = changedFrom(before, charger);
    if (Object.keys(previous).length === 0) return chargerView(ctx, whole);
    return save(ctx, whole, charger, {
      type: ChargerUpdated,
      previous,
      writes: moved ? siteCounts(ctx, before.site_id, charger.site_id) : [],
    });
  }); // One that waits to be accepted would boot again only when its time has come.
  if (admitted) await askForBoot(ctx, id);
  return view;
}

/** Decommissions: no more connections, gone from lists; history stays. Its open socket is closed. */
export async function deleteCharger(ctx: Context, id: string, ifMatch?: number): Promise<void> {
  const whole = await retrying(async () => {
    const found = await getWholeCharger(ctx, id);
    checkVersion(ctx, found, ifMatch);
    if (found.connectors.some((c) => c.session_id))
      throw new AppError('connector_in_use', `${id} has an open session; stop it first.`);
    const t = ctx.tenantId;
    const { charger } = found;
    await save(
      ctx,
      found,
      { ...charger, decommissioned: true, password: null, other_passwords: [], moving: null },
      {
        type: ChargerDeleted,
        writes: [
          { op: 'delete', key: keys.identity(t, charger.ocpp_identity) },
          countBy(keys.count(t, 'charger'), -1),
          ...siteCounts(ctx, charger.site_id, null),
        ],
      },
    );
    return found;
  });
  const socket = whole.connection?.connection_id;
  if (socket) await ctx.sockets.ocpp.close(socket, 1008, 'Decommissioned');
}

interface Change {
  readonly type: EventType<typeof ChargerUpdated.data>;
  readonly previous?: Record<string, unknown>;
  readonly writes: readonly Write[];
}

async function save(ctx: Context, whole: WholeCharger, next: Charger, change: Change) {
  const before = whole.charger.version;
  const charger = { ...next, version: before + 1, updated_at: isoNow(ctx) };
  const object = chargerView(ctx, { ...whole, charger });
  const item = charger.decommissioned ? unlisted(ctx, charger) : chargerItem(ctx, charger);
  await commit(ctx, {
    aggregate: { kind: 'charger', id: charger.id, version: charger.version },
    writes: [{ op: 'put', when: { version: before }, item }, ...change.writes],
    events: [
      eventOf(ctx, change.type, {
        id: charger.id,
        version: object.resource_version,
        scope: { charger_id: charger.id, site_id: charger.site_id },
        object,
        ...(change.previous ? { previous: change.previous } : {}),
      }),
    ],
  });
  return object;
}

const unlisted = (ctx: Context, charger: Charger) => ({
  ...charger,
  ...keys.charger(ctx.tenantId, charger.id),
});

function checkVersion(ctx: Context, whole: WholeCharger, ifMatch: number | undefined) {
  if (ifMatch !== undefined && chargerView(ctx, whole).resource_version !== ifMatch)
    throw new AppError('etag_mismatch', 'The charger has changed since you read it.');
}

const siteCounts = (ctx: Context, from: string | null, to: string | null): Write[] => [
  ...(from ? [countBy(keys.count(ctx.tenantId, 'charger', from), -1)] : []),
  ...(to ? [countBy(keys.count(ctx.tenantId, 'charger', to), 1)] : []),
];

/** RFC 7396 within metadata: null removes a key. Throws validation_failed where there come to be too many. */
function mergeMetadata(
  now: Readonly<Record<string, string>>,
  patch: Readonly<Record<string, string | null>>,
): Metadata {
  const merged = Object.entries({ ...now, ...patch }).filter(([, value]) => value !== null);
  const { data, error } = Metadata.safeParse(Object.fromEntries(merged));
  if (data) return data;
  const message = error.issues[0]?.message ?? 'Not acceptable';
  const errors = [{ field: 'metadata', code: 'too_big', message: `${message}.` }];
  throw new AppError('validation_failed', 'The metadata is not acceptable.', { errors });
}

function changedFrom(before: Charger, after: Charger): Record<string, unknown> {
  const names: readonly (keyof Charger)[] = [
    'name',
    'site_id',
    'model',
    'vendor_name',
    'serial_number',
    'labels',
    'registration',
    'ocpp_log',
    'external_ref',
    'metadata',
  ];
  const changed = names.filter((n) => JSON.stringify(before[n]) !== JSON.stringify(after[n]));
  return Object.fromEntries(changed.map((n) => [n, before[n]]));
}
