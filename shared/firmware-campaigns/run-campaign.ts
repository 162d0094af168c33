import { type Context, isoNow } from '#shared/core/context.ts';
import { ConditionFailed } from '#shared/core/table.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { findImage } from '#shared/firmware/firmware-image.ts';
import { beginTargets, skipTarget, someWaiting } from '#shared/firmware-campaigns/begin-targets.ts';
import {
  findCampaign,
  hasEnded,
  type StoredCampaign,
} from '#shared/firmware-campaigns/campaign.ts';
import { changeCampaign, turnAt } from '#shared/firmware-campaigns/change-campaign.ts';
import {
  CampaignCompleted,
  CampaignPaused,
  CampaignStarted,
} from '#shared/firmware-campaigns/events.ts';
import { findTargets, isSearching } from '#shared/firmware-campaigns/find-targets.ts';
import { failsTooOften, type Progress, readProgress } from '#shared/firmware-campaigns/progress.ts';
import { placesOf } from '#shared/firmware-campaigns/target.ts';
import { isOpen, nextOpening } from '#shared/firmware-campaigns/window.ts';

const NEXT_LOOK_S = 60;
const SOON_S = 5;

/**
 * The turn of this number: it finds more of a campaign's targets, or looks whom to begin with next. A task
 * that comes twice, or late, finds its turn gone and does nothing.
 */
export async function runCampaign(ctx: Context, id: string, turn: number): Promise<void> {
  const campaign = await findCampaign(ctx, id);
  if (!campaign || campaign.turn !== turn || hasEnded(campaign)) return;
  try {
    if (isSearching(campaign)) await findTargets(ctx, campaign);
    else if (campaign.status !== 'paused') await look(ctx, await claim(ctx, campaign));
  } catch (error) {
    // Somebody has changed the campaign, or has the turn now: theirs is the latest.
    if (!(error instanceof ConditionFailed)) throw error;
  }
}

/** From then on the next look is certain, whatever becomes of this one. */
function claim(ctx: Context, before: StoredCampaign): Promise<StoredCampaign> {
  const turn = before.turn + 1;
  const next = turnAt(ctx, { id: before.id, turn }, nextLook(ctx, before));
  return changeCampaign(ctx, before, { turn }, { tasks: [next] });
}

/** In a minute; while the window is closed for every charger, when it opens for the first. */
function nextLook(ctx: Context, { window, zones }: StoredCampaign): string {
  const now = ctx.now();
  if (!window || isOpenSomewhere(ctx, { window, zones }))
    return plusSeconds(isoNow(ctx), NEXT_LOOK_S);
  const openings = zones.map((zone) => nextOpening(window, zone, now).toISOString());
  return openings.sort()[0] ?? plusSeconds(isoNow(ctx), NEXT_LOOK_S);
}

const isOpenSomewhere = (
  ctx: Context,
  { window, zones }: Pick<StoredCampaign, 'window' | 'zones'>,
) => !window || zones.some((zone) => isOpen(window, zone, ctx.now()));

async function look(ctx: Context, campaign: StoredCampaign): Promise<void> {
  const progress = await readProgress(ctx, campaign);
  if (failsTooOften(campaign, progress)) {
    const paused = { status: 'paused', pause_reason: 'failure_rate' } as const;
    await changeCampaign(ctx, campaign, paused, { event: CampaignPaused });
    return;
  }
  const wave = waveNow(campaign, progress);
  if (wave > campaign.wave_sizes.length) {
    await changeCampaign(ctx, campaign, { status: 'completed' }, { event: CampaignCompleted });
    return;
  }
  const isNew = wave !== campaign.current_wave;
  // Its patience is counted from when anybody could be begun with.
  const opened = isOpenSomewhere(ctx, campaign) ? isoNow(ctx) : null;
  const began = (isNew ? null : campaign.wave_began_at) ?? opened;
  const [first] = placesOf(campaign, wave);
  const scan_from = isNew ? first : campaign.scan_from;
  const inWave = { ...campaign, current_wave: wave, wave_began_at: began, scan_from };
  await goOn(ctx, campaign, inWave, progress);
}

/** The first wave of which somebody still waits or is being updated; one more than there are if none is. */
function waveNow(campaign: StoredCampaign, { waves }: Progress): number {
  const open = waves.findIndex(({ waiting, updating }) => waiting + updating > 0);
  return open < 0 ? campaign.wave_sizes.length + 1 : Math.max(open + 1, campaign.current_wave);
}

async function goOn(
  ctx: Context,
  before: StoredCampaign,
  campaign: StoredCampaign,
  { total }: Progress,
): Promise<void> {
  const image = await findImage(ctx, campaign.firmware_image_id);
  if (!image) throw new Error(`The image of ${campaign.id} is gone.`);
  if (isOutOfPatience(ctx, campaign)) {
    const left = await someWaiting(ctx, campaign);
    for (const { position } of left) await skipTarget(ctx, campaign, position, 'unreachable');
    if (left.length > 0) await keep(ctx, before, campaign, { isNews: true });
    return;
  }
  const room = campaign.max_concurrent - total.updating;
  const done = await beginTargets(ctx, campaign, image, room);
  const starts = campaign.status === 'scheduled' && done.begun > 0;
  const after: StoredCampaign = {
    ...campaign,
    scan_from: done.scanFrom,
    ...(starts ? { status: 'running', started_at: isoNow(ctx) } : {}),
  };
  const isNews = done.skipped > 0 || (done.more && done.begun < room);
  await keep(ctx, before, after, { isNews, starts });
}

function isOutOfPatience(ctx: Context, { wave_began_at, patience_hours }: StoredCampaign) {
  return wave_began_at !== null && isoNow(ctx) >= plusSeconds(wave_began_at, patience_hours * 3600);
}

/** Where there is more to do at once, the next look is soon. */
async function keep(
  ctx: Context,
  before: StoredCampaign,
  after: StoredCampaign,
  { isNews, starts = false }: { isNews: boolean; starts?: boolean },
): Promise<void> {
  const tasks = isNews ? [turnAt(ctx, after, plusSeconds(isoNow(ctx), SOON_S))] : [];
  const event = starts ? CampaignStarted : undefined;
  await changeCampaign(ctx, before, after, { event, tasks });
}
