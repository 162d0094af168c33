import * as z from 'zod';
import { Charger } from '#shared/chargers/charger.ts';
import { completeChargers } from '#shared/chargers/charger-view.ts';
import type { Context } from '#shared/core/context.ts';
import { ConditionFailed, type Write } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import type { FirmwareImage } from '#shared/firmware/firmware-image.ts';
import { lastUpdates } from '#shared/firmware/firmware-update.ts';
import { planUpdate } from '#shared/firmware/plan-update.ts';
import type { StoredCampaign } from '#shared/firmware-campaigns/campaign.ts';
import { type Candidate, readinessOf } from '#shared/firmware-campaigns/readiness.ts';
import { findTarget, moveTarget, placesOf } from '#shared/firmware-campaigns/target.ts';

/** As many of the waiting are looked at in one go. */
const LOOKED_AT = 100;
/** A command that cannot go out while its charger is idle is taken back soon. */
const SENT_WITHIN_S = 300;
const RETRIES = 3;
const RETRY_INTERVAL_S = 60;

const Waiting = z.object({ charger_id: z.string(), position: z.int(), zone: z.string() });
type Waiting = z.infer<typeof Waiting>;

export interface Begun {
  readonly begun: number;
  readonly skipped: number;
  /** Where to look on. */
  readonly scanFrom: number;
  /** Whether some of the waiting have not been looked at. */
  readonly more: boolean;
}

/**
 * Begins with as many of a wave's waiting chargers as there is room for and as are ready, and skips those
 * that never will be. Each in a transaction of its own, which holds only as long as this look at the
 * campaign is the latest: two at once begin no more than one would.
 */
export async function beginTargets(
  ctx: Context,
  campaign: StoredCampaign,
  image: FirmwareImage,
  room: number,
): Promise<Begun> {
  const found = await nextWaiting(ctx, campaign);
  const waiting = found.slice(0, LOOKED_AT);
  const candidates = await lookAt(ctx, waiting);
  let begun = 0;
  let skipped = 0;
  let seen = 0;
  for (const [n, target] of waiting.entries()) {
    if (begun >= room) break;
    seen = n + 1;
    const candidate = candidates[n];
    if (!candidate) continue;
    const verdict = readinessOf(campaign, image, candidate, ctx.now());
    if (verdict.now === 'begin' && (await begin(ctx, campaign, image, { target, candidate })))
      begun += 1;
    if (
      verdict.now === 'skip' &&
      (await skipTarget(ctx, campaign, target.position, verdict.reason))
    )
      skipped += 1;
  }
  const next = waiting[seen]?.position ?? (waiting.at(-1)?.position ?? campaign.scan_from) + 1;
  return { begun, skipped, scanFrom: next, more: found.length > LOOKED_AT };
}

/** Those after the place where the last look ended; from the beginning again where there are none. */
async function nextWaiting(ctx: Context, campaign: StoredCampaign): Promise<Waiting[]> {
  const [first, last] = placesOf(campaign, campaign.current_wave);
  const from = Math.max(campaign.scan_from, first);
  const read = async (place: number) => {
    if (place > last) return [];
    const range = keys.waitingTargets(ctx.tenantId, campaign.id, place, last);
    const { items } = await ctx.table.query({ ...range, limit: LOOKED_AT + 1 });
    return items.map((item) => Waiting.parse(item));
  };
  const found = await read(from);
  return found.length > 0 || from === first ? found : read(first);
}

async function lookAt(ctx: Context, waiting: readonly Waiting[]): Promise<Candidate[]> {
  const rows = await ctx.table.batchGet(
    waiting.map(({ charger_id }) => keys.charger(ctx.tenantId, charger_id)),
  );
  const chargers = rows.flatMap((row) => (row ? [Charger.parse(row)] : []));
  const whole = await completeChargers(ctx, chargers);
  const byId = new Map(whole.map((one) => [one.charger.id, one]));
  const updates = await lastUpdates(
    ctx,
    waiting.map(({ charger_id }) => charger_id),
  );
  return waiting.map(({ charger_id, zone }) => ({
    whole: byId.get(charger_id),
    zone,
    lastUpdate: updates.get(charger_id),
  }));
}

async function begin(
  ctx: Context,
  campaign: StoredCampaign,
  image: FirmwareImage,
  { target: { position }, candidate }: { target: Waiting; candidate: Candidate },
): Promise<boolean> {
  const target = await findTarget(ctx, campaign.id, position);
  if (target?.state !== 'waiting' || !candidate.whole) return false;
  const asked = {
    charger: candidate.whole.charger,
    source: { image, base: campaign.base },
    campaign: { id: campaign.id, position },
    retries: RETRIES,
    retryIntervalSeconds: RETRY_INTERVAL_S,
    expiresInSeconds: SENT_WITHIN_S,
  };
  const { update, writes, tasks } = await planUpdate(ctx, asked, candidate.lastUpdate);
  const moved = moveTarget(ctx, campaign, target, { state: 'updating', update_id: update.id });
  const { id, resource_version: version } = update;
  return ifLatest(ctx, campaign, (check) =>
    commit(ctx, {
      aggregate: { kind: 'firmware_update', id, version },
      writes: [...writes, ...moved.writes, check],
      tasks,
    }),
  );
}

/** Ends a target that will not be begun with; false where it no longer waits. */
export async function skipTarget(
  ctx: Context,
  campaign: StoredCampaign,
  position: number,
  reason: string,
): Promise<boolean> {
  const target = await findTarget(ctx, campaign.id, position);
  if (target?.state !== 'waiting') return false;
  const { writes } = moveTarget(ctx, campaign, target, { state: 'skipped', reason });
  return ifLatest(ctx, campaign, (check) => ctx.table.write([...writes, check]));
}

/** Does it as long as nobody has looked at the campaign since; false where somebody was faster. */
async function ifLatest(
  ctx: Context,
  { id, turn }: StoredCampaign,
  write: (check: Write) => Promise<void>,
): Promise<boolean> {
  const check: Write = { op: 'check', key: keys.campaign(ctx.tenantId, id), when: { turn } };
  try {
    await write(check);
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
}

/** Those of a wave that still wait, as many as are looked at in one go. */
export const someWaiting = (ctx: Context, campaign: StoredCampaign): Promise<Waiting[]> =>
  nextWaiting(ctx, { ...campaign, scan_from: 0 });
