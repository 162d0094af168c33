import type { Capability } from '#shared/chargers/capabilities.ts';
import { getCharger } from '#shared/chargers/charger-view.ts';
import { chargerItem } from '#shared/chargers/register-charger.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { retrying } from '#shared/core/retry.ts';

/** Keeps what a charger told or showed of its capabilities. Writes nothing where nothing is new. */
export async function learnAbilities(
  ctx: Context,
  chargerId: string,
  learned: Partial<Record<Capability, boolean>>,
): Promise<void> {
  await retrying(async () => {
    const charger = await getCharger(ctx, chargerId);
    const isNews = Object.entries(learned).some(([name, can]) => charger.abilities[name] !== can);
    if (!isNews) return;
    const abilities = { ...charger.abilities, ...learned };
    const item = chargerItem(ctx, {
      ...charger,
      abilities,
      updated_at: isoNow(ctx),
      version: charger.version + 1,
    });
    await ctx.table.write([{ op: 'put', item, when: { version: charger.version } }]);
  });
}
