import { type Context, isoNow } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { retrying } from '#shared/core/retry.ts';
import type { Write } from '#shared/core/table.ts';
import { commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import { getSite } from '#shared/sites/site.ts';
import { TariffUpdated } from '#shared/tariffs/events.ts';
import { datedInThePast, type SiteTariff, siteTariff } from '#shared/tariffs/site-tariff.ts';
import { patchTerms, type SiteTariffPatch } from '#shared/tariffs/tariff-patch.ts';
import {
  headKey,
  headVersion,
  noTariff,
  type TariffVersion,
  tariffNow,
  versionAfter,
  versionAt,
  versionKey,
} from '#shared/tariffs/tariff-version.ts';

/** A client's clock may run behind ours by so much and still mean now. */
const CLOCK_SKEW_MS = 60_000;

/**
 * Changes what a site charges, from now or from an instant to come, by a new version; running sessions
 * keep theirs. The change is made to what will be in force then. One that changes nothing makes no
 * version, and one dated in the past holds from now, with a warning. Throws not_found, etag_mismatch,
 * validation_failed.
 */
export async function updateSiteTariff(
  ctx: Context,
  siteId: string,
  patch: SiteTariffPatch,
  ifMatch?: number,
): Promise<SiteTariff> {
  const tariff = await retrying(async () => {
    await getSite(ctx, siteId);
    const changes = await headVersion(ctx, siteId);
    if (ifMatch !== undefined && ifMatch !== changes)
      throw new AppError('etag_mismatch', 'The tariff has changed since you read it.');
    const from = effectiveFrom(ctx, patch.effective_from);
    const none = await noTariff(ctx, siteId);
    const base = (await versionAt(ctx, siteId, from)) ?? none;
    const terms = patchTerms(base.terms, patch, none.terms.taxes);
    const next = await versionAfter(ctx, siteId, from);
    const same = JSON.stringify(terms) === JSON.stringify(base.terms);
    if (same && base.version > 0) return siteTariff(ctx, base, next, changes);
    const made: TariffVersion = {
      site_id: siteId,
      version: changes + 1,
      effective_from: from,
      created_at: isoNow(ctx),
      terms: { ...terms, id: ctx.newId('tvr') },
    };
    await save(ctx, made);
    return siteTariff(ctx, made, next, made.version);
  });
  const warnings = [...tariff.warnings, ...pastWarnings(ctx, patch.effective_from)];
  return { ...tariff, warnings };
}

async function save(ctx: Context, made: TariffVersion): Promise<void> {
  const { site_id: siteId, version } = made;
  const [before, after] = await seenFromNow(ctx, made);
  await commit(ctx, {
    aggregate: { kind: 'tariff', id: siteId, version },
    writes: versionWrites(ctx, made),
    events: [
      eventOf(ctx, TariffUpdated, {
        id: siteId,
        version,
        scope: { site_id: siteId },
        object: after,
        previous: changedFrom(before, after),
      }),
    ],
  });
}

function versionWrites(ctx: Context, made: TariffVersion): Write[] {
  const { site_id: siteId, version, effective_from } = made;
  const key = versionKey(ctx, siteId, effective_from ?? '', version);
  const earlier = version - 1;
  return [
    { op: 'put', when: 'absent', item: { ...made, ...key } },
    {
      op: 'put',
      when: earlier === 0 ? 'absent' : { version: earlier },
      item: { ...headKey(ctx, siteId), version },
    },
  ];
}

/** What GET answers before and after the change: in force is what now says, the new version may only be next. */
async function seenFromNow(ctx: Context, made: TariffVersion) {
  const { site_id: siteId, version, effective_from: from } = made;
  const now = isoNow(ctx);
  const inForce = await tariffNow(ctx, siteId);
  const next = await versionAfter(ctx, siteId, now);
  const before = siteTariff(ctx, inForce, next, version - 1);
  if (!from || from <= now) return [before, siteTariff(ctx, made, next, version)] as const;
  const sooner = !next?.effective_from || from <= next.effective_from;
  return [before, siteTariff(ctx, inForce, sooner ? made : next, version)] as const;
}

/** Never before now: what has been charged stays as it was charged. */
function effectiveFrom(ctx: Context, given: string | null | undefined): string {
  const now = ctx.now().getTime();
  return new Date(Math.max(given ? Date.parse(given) : now, now)).toISOString();
}

function pastWarnings(ctx: Context, given: string | null | undefined): SiteTariff['warnings'] {
  const passed = given && Date.parse(given) < ctx.now().getTime() - CLOCK_SKEW_MS;
  return passed ? [datedInThePast(given)] : [];
}

function changedFrom(before: SiteTariff, after: SiteTariff): Record<string, unknown> {
  const now = new Map<string, unknown>(Object.entries(after));
  const differs = ([name, value]: [string, unknown]) =>
    name !== 'resource_version' && JSON.stringify(value) !== JSON.stringify(now.get(name));
  return Object.fromEntries(Object.entries(before).filter(differs));
}
