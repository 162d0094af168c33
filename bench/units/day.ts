import type { Charge } from '#bench/units/charge.ts';
import type { Ledger } from '#bench/units/ledger.ts';
import { beginByRest, beginByTag, type MeteredSite, post } from '#bench/units/site.ts';

const MINUTE_MS = 60_000;
const MINUTES = 24 * 60;
const CHARGE_EVERY = 180;

/** The day whose cost is told. */
export const day = {
  sessions: MINUTES / CHARGE_EVERY,
  sessionMinutes: 45,
  meterSeconds: 60,
  heartbeatSeconds: 300,
  /** A gateway socket lasts two hours. */
  socketsOpened: 12,
} as const;

/**
 * A day of a DC charger that reports state of charge, minute by minute. `webhookUrl`: its charges are
 * started over REST, and one webhook endpoint is sent every event; without it, drivers tap a tag.
 */
export async function liveThroughDay(site: MeteredSite, webhookUrl?: string): Promise<Ledger> {
  const { world, dc } = site;
  await leaveTheOthers(site);
  if (webhookUrl) await post(world, 'createWebhookEndpoint', { url: webhookUrl });
  await world.settle();
  const begin = webhookUrl ? beginByRest : beginByTag;
  const { ledger } = await world.measure(async () => {
    let charge: Charge | undefined;
    for (let minute = 0; minute < MINUTES; minute++) {
      world.tick(MINUTE_MS);
      if (minute % (MINUTES / day.socketsOpened) === 0) await dc.connect();
      if (minute % (day.heartbeatSeconds / 60) === 0) await dc.say('Heartbeat', {});
      const since = minute % CHARGE_EVERY;
      if (since === 0) charge = await begin(world, dc);
      else if (since <= day.sessionMinutes) await charge?.minute().run();
      if (since === day.sessionMinutes) for (const step of charge?.end ?? []) await step.run();
      await world.settle();
    }
  });
  return ledger;
}

/** Every socket of the site is lost, and noted as lost, so that the day is this one charger's. */
async function leaveTheOthers({ world }: MeteredSite): Promise<void> {
  for (let hours = 0; hours < 4; hours++) {
    world.tick(60 * MINUTE_MS);
    await world.settle();
  }
}
