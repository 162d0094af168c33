import * as z from 'zod';
import type { Charge, Start } from '#bench/units/charge.ts';
import { Charge16 } from '#bench/units/charge-16.ts';
import { Charge201 } from '#bench/units/charge-201.ts';
import type { MeteredCharger } from '#bench/units/metered-charger.ts';
import type { MeteredWorld } from '#bench/units/metered-world.ts';

const MINUTE_MS = 60_000;
export const aTag = '04A2B3C4D5E6F7';

export const chargeOf = (world: MeteredWorld, charger: MeteredCharger, start: Start): Charge =>
  charger.version === '1.6'
    ? new Charge16(world, charger, start)
    : new Charge201(world, charger, start);

/** What a charger asks when a tag is held to its reader. */
export const shown = ({ version }: MeteredCharger, uid: string) =>
  version === '1.6' ? { idTag: uid } : { idToken: { idToken: uid, type: 'ISO14443' } };

/** A driver shows a tag. */
export async function beginByTag(
  world: MeteredWorld,
  charger: MeteredCharger,
  tag = aTag,
): Promise<Charge> {
  await charger.say('Authorize', shown(charger, tag));
  return begin(world, chargeOf(world, charger, { tag }));
}

const Asked = z.object({
  idTag: z.string().optional(),
  idToken: z.object({ idToken: z.string() }).optional(),
  remoteStartId: z.int().optional(),
});
const Started = z.object({ websocket: z.string() });

/** An app asks over REST; the charger says yes and begins. `websocket`: where it can be watched. */
export async function beginByRest(
  world: MeteredWorld,
  charger: MeteredCharger,
): Promise<{ charge: Charge; websocket: string }> {
  const body = { charger_id: charger.id, connector: 1 };
  const { websocket } = Started.parse(await world.post('startSession', body));
  await world.settle();
  const { idTag, idToken, remoteStartId } = Asked.parse(await charger.accept());
  await world.settle();
  const charge = chargeOf(world, charger, {
    tag: idTag ?? idToken?.idToken ?? '',
    ...(remoteStartId === undefined ? {} : { remoteStartId }),
  });
  return { charge: await begin(world, charge), websocket };
}

async function begin(world: MeteredWorld, charge: Charge): Promise<Charge> {
  for (const step of charge.begin) await step.run();
  await world.settle();
  return charge;
}

export async function chargeFor(world: MeteredWorld, charge: Charge, minutes: number) {
  for (let n = 0; n < minutes; n++) {
    world.tick(MINUTE_MS);
    await charge.minute().run();
    await world.settle();
  }
}

export async function endCharge(world: MeteredWorld, charge: Charge): Promise<void> {
  for (const step of charge.end) await step.run();
  await world.settle();
}
