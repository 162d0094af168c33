import { Charger } from '#shared/chargers/charger.ts';
import { chargerItem } from '#shared/chargers/register-charger.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { retrying } from '#shared/core/retry.ts';
import { keys } from '#shared/db/keys.ts';

/** The charger as a whole (connector 0 of OCPP 1.6) is available, closed or broken. */
export async function reportOwnStatus(
  ctx: Context,
  chargerId: string,
  status: Charger['own_status'],
): Promise<void> {
  await retrying(async () => {
    const item = await ctx.table.get(keys.charger(ctx.tenantId, chargerId));
    const before = item && Charger.parse(item);
    if (!before || before.own_status === status) return;
    const next = {
      ...before,
      own_status: status,
      updated_at: isoNow(ctx),
      version: before.version + 1,
    };
    await ctx.table.write([
      { op: 'put', when: { version: before.version }, item: chargerItem(ctx, next) },
    ]);
  });
}
