import { beginByRest, beginByTag, endCharge } from '#bench/units/begin-charge.ts';
import type { Charge } from '#bench/units/charge.ts';
import type { Ledger } from '#bench/units/ledger.ts';
import { MeteredViewer } from '#bench/units/metered-viewer.ts';
import type { MeteredSite } from '#bench/units/site.ts';

const MINUTE_MS = 60_000;
const MINUTES = 24 * 60;
const CHARGE_EVERY = 180;
const PING_EVERY = 5;
const HEARTBEAT_EVERY = 5;

/** The day whose cost is told. */
export const day = {
  sessions: MINUTES / CHARGE_EVERY,
  sessionMinutes: 45,
  meterSeconds: 60,
  heartbeatSeconds: HEARTBEAT_EVERY * 60,
  /** A gateway socket lasts two hours. */
  socketsOpened: 12,
} as const;

/**
 * A day of a DC charger that reports state of charge, minute by minute. `webhookUrl`: its charges are
 * started over REST and watched by a live client, and one webhook endpoint is sent every event; without
 * it, drivers show a tag and nobody listens.
 */
export async function liveThroughDay(site: MeteredSite, webhookUrl?: string): Promise<Ledger> {
  const { world, dc } = site;
  await leaveTheOthers(site);
  if (webhookUrl) await world.post('createWebhookEndpoint', { url: webhookUrl });
  await world.settle();
  const { ledger } = await world.measure(async () => {
    let visit: Visit | undefined;
    for (let minute = 0; minute < MINUTES; minute++) {
      world.tick(MINUTE_MS);
      if (minute % (MINUTES / day.socketsOpened) === 0) await dc.connect();
      if (minute % HEARTBEAT_EVERY === 0) await dc.say('Heartbeat', {});
      const since = minute % CHARGE_EVERY;
      if (since === 0) visit = webhookUrl ? await watched(site) : await plain(site);
      else if (since <= day.sessionMinutes) await goOn(visit, since);
      if (since === day.sessionMinutes && visit) await endCharge(world, visit.charge);
      // The platform has closed the viewer's socket by now.
      if (since === day.sessionMinutes + 2) await visit?.viewer?.leave();
      await world.settle();
    }
  });
  return ledger;
}

/** A charge, and who watches it. */
interface Visit {
  readonly charge: Charge;
  readonly viewer?: MeteredViewer;
}

const plain = async ({ world, dc }: MeteredSite): Promise<Visit> => ({
  charge: await beginByTag(world, dc),
});

async function watched({ world, dc }: MeteredSite): Promise<Visit> {
  const { charge, websocket } = await beginByRest(world, dc);
  const viewer = new MeteredViewer(world);
  await viewer.open(websocket);
  return { charge, viewer };
}

async function goOn(visit: Visit | undefined, minutes: number): Promise<void> {
  await visit?.charge.minute().run();
  if (minutes % PING_EVERY === 0) await visit?.viewer?.ping();
}

/** Every socket of the site is lost, and noted as lost, so that the day is this one charger's. */
async function leaveTheOthers({ world }: MeteredSite): Promise<void> {
  for (let hours = 0; hours < 4; hours++) {
    world.tick(60 * MINUTE_MS);
    await world.settle();
  }
}
