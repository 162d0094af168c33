import * as z from 'zod';
import type { MeteredWorld } from '#bench/units/metered-world.ts';
import { makeMore } from '#bench/units/more-to-ask-about.ts';
import { type MeteredSite, SITE } from '#bench/units/site.ts';
import type { Endpoint } from '#shared/http/endpoint.ts';
import type { Call } from '#test/support/call.ts';

type Body = Readonly<Record<string, unknown>>;

/** What operations need that their examples cannot know: ids of what is there, and bodies that name them. */
interface Known {
  readonly params: Readonly<Record<string, string>>;
  readonly queries: Readonly<Record<string, Body>>;
  readonly bodies: Readonly<Record<string, Body>>;
  /** By operation, what it is about in place of that. */
  readonly instead: Readonly<Record<string, Body>>;
}

/**
 * A request for any operation: its path filled with ids of what is there, the body of its first
 * example unless one of our own is needed. Lists are asked without filters.
 */
export async function restRequests(
  site: MeteredSite,
  webhookUrl: string,
): Promise<(endpoint: Endpoint) => Call> {
  const known = await findOut(site, webhookUrl);
  return ({ id, route, examples }) => {
    const [example] = Object.values(examples);
    const charger = /\/commands\//.test(route) ? site.spares[0].id : site.dc.id;
    const query = known.queries[id];
    const names = [...route.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    const all: Body = { ...known.params, charger_id: charger, ...known.instead[id] };
    const body = known.bodies[id] ?? example?.body;
    return {
      params: Object.fromEntries(names.map((name) => [name, all[name] ?? example?.params?.[name]])),
      ...(query ? { query } : {}),
      ...(body === undefined ? {} : { body }),
    };
  };
}

async function findOut(site: MeteredSite, url: string): Promise<Known> {
  const { world, spares } = site;
  const [operated, started, retired] = spares;
  await world.post('createSite', { id: 'BLR-KOR', name: 'Koramangala' });
  // It hears of nothing else, so that what follows from a request is not the webhooks'.
  const hook = await world.post('createWebhookEndpoint', { url, event_types: ['site.created'] });
  const openPath = { charger_id: operated.id };
  const command = await world.request('unlockConnector', {
    params: openPath,
    body: { connector: 1 },
  });
  await operated.accept();
  await world.settle();
  const { id: event } = await firstOf(world, 'listEvents', 'events', { types: 'site.created' });
  const { id: vendor } = await firstOf(world, 'listVendors', 'vendors');
  const day = world.now().toISOString().slice(0, 10);
  const made = await makeMore(site);
  return {
    params: {
      site_id: SITE,
      session_id: (await firstOf(world, 'listSessions', 'sessions', { status: 'charging' })).id,
      cdr_id: (await firstOf(world, 'listCdrs', 'cdrs')).id,
      command_id: Row.parse(command.body).id,
      webhook_endpoint_id: Row.parse(hook).id,
      ...made.params,
    },
    queries: {
      listCommands: { charger_id: operated.id },
      listReservationSlots: { site_id: SITE },
    },
    bodies: {
      ...made.bodies,
      updateSiteTariff: { energy_rate: '19.0000' },
      createSite: { id: 'BLR-HSR', name: 'HSR Layout' },
      createCharger: { id: 'BLR-099', site_id: 'BLR-KOR', connectors: [{ id: 1, type: 'Type2' }] },
      startSession: { charger_id: started.id, connector: 1 },
      previewPayout: { vendor_id: vendor, period_start: day, period_end: day },
      createWebhookEndpoint: { url, event_types: ['site.created'] },
      updateWebhookEndpoint: { description: 'Billing' },
      replayWebhookDeliveries: { event_ids: [event] },
    },
    instead: { deleteCharger: { charger_id: retired.id }, ...made.instead },
  };
}

const Row = z.object({ id: z.string() });

async function firstOf(world: MeteredWorld, operation: string, plural: string, query: Body = {}) {
  const { body } = await world.request(operation, { query });
  return z.tuple([Row], Row).parse(body[plural])[0];
}
