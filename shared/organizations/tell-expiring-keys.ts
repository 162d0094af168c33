import { type Context, isoNow } from '#shared/core/context.ts';
import { ConditionFailed, type Item } from '#shared/core/table.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { rowsOf } from '#shared/db/read-all.ts';
import { commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import { ApiKey, endOf } from '#shared/organizations/api-key.ts';
import { apiKeyView } from '#shared/organizations/api-key-view.ts';
import { ApiKeyExpiring } from '#shared/organizations/events.ts';

/** So many days before its end a key is told to end. */
const TOLD_DAYS = [1, 7, 14];
const FURTHEST_DAYS = 14;
const DAY_S = 86_400;

/** Tells of every key of the deployment that ends soon. Once a day is enough. */
export async function tellExpiringKeys(ctx: Context): Promise<void> {
  const now = isoNow(ctx);
  const until = plusSeconds(now, FURTHEST_DAYS * DAY_S);
  for (const at of new Set([now.slice(0, 7), until.slice(0, 7)])) {
    const due = { ...keys.allApiKeysExpiring(`${at}-01`), from: now, to: `${until}~` };
    for await (const row of rowsOf(ctx, due)) {
      // A row of one organization that cannot be read must not keep the others from being told.
      try {
        await tellOne(ctx, row);
      } catch (error) {
        ctx.log.error('An expiring key could not be told', { error });
      }
    }
  }
}

async function tellOne(job: Context, { pk, sk }: Item): Promise<void> {
  // The index may lag behind the row.
  const row = await job.table.get({ pk, sk });
  const before = row && ApiKey.parse(row);
  const days = before && dueDays(job, before);
  if (!before || days === undefined) return;
  const ctx: Context = { ...job, tenantId: before.organization_id, livemode: before.livemode };
  const after = { ...before, told_days: days, version: before.version + 1 };
  const { id, version, told_days } = after;
  try {
    await commit(ctx, {
      aggregate: { kind: 'api_key', id, version },
      writes: [
        {
          op: 'update',
          key: { pk, sk },
          set: { told_days, version },
          when: { id, version: before.version },
        },
      ],
      events: [eventOf(ctx, ApiKeyExpiring, { id, version, object: apiKeyView(ctx, after) })],
    });
  } catch (error) {
    // Revoked or told at this moment.
    if (!(error instanceof ConditionFailed)) throw error;
  }
}

/** The nearest of the days that has come and was not told; undefined where there is none. */
function dueDays(ctx: Context, key: ApiKey): number | undefined {
  // One that is revoked before has its end by somebody's will.
  if (key.expires_at === null || endOf(key) !== key.expires_at) return undefined;
  const left = (Date.parse(key.expires_at) - ctx.now().getTime()) / (DAY_S * 1000);
  const due = TOLD_DAYS.find((days) => left <= days);
  if (left <= 0 || due === undefined) return undefined;
  return key.told_days === null || due < key.told_days ? due : undefined;
}
