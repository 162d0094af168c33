import { Topic } from '#shared/live/topics.ts';
import { aLiveClient, type LiveClient } from '#test/live/live-client.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { keyOfSites } from '#test/support/fake-charger.ts';
import { make, type Place } from '#test/support/isolation/place.ts';
import { populate } from '#test/support/isolation/populate.ts';
import { loopbackServer } from '#test/support/loopback-server.ts';
import { issue } from '#test/support/pnc-pki.ts';
import { settle } from '#test/support/settle.ts';

/** Somebody who was told of all that happened while the world was made. */
export interface Watcher {
  readonly live: LiveClient;
  /** What its webhook endpoint was sent. */
  readonly sent: readonly string[];
}

/** Two organizations: one with two sites, and one that is none of its business. */
export interface IsolationWorld {
  /** Of the organization with two sites. */
  readonly ctx: TestContext;
  readonly home: Place;
  /** Another site of the same organization. */
  readonly annex: Place;
  readonly abroad: Place;
  /** By what they may see. */
  readonly watchers: Readonly<Record<'both' | 'annex' | 'abroad' | 'scoped', Watcher>>;
}

/** A key of the organization that may read sessions, and nothing else. */
export const SESSIONS_ONLY = {
  kind: 'api_key',
  id: 'key_sessions',
  scopes: ['sessions:read', 'live:connect', 'webhooks:write', 'events:read'],
} as const;

const closed = { auto_register: false, accept_unknown_tokens: false };

/** One of its own, for who looks on (`prepare`) while it is made, or does not put it back. */
export async function aWorld(
  prepare: (ctx: TestContext) => void = () => {},
): Promise<IsolationWorld> {
  await using server = await loopbackServer();
  const ctx = testContext({ tenantId: 'near', organization: closed });
  prepare(ctx);
  const far = ctx.as({ tenantId: 'far', organization: closed });
  const watch = async (
    who: TestContext,
    name: string,
    topics: readonly Topic[] = Topic.options,
  ): Promise<Watcher> => {
    await make(who, 'createWebhookEndpoint', { url: `${server.url}/${name}` });
    const live = await aLiveClient(who, { topics });
    const mine = () => server.received.filter(({ path }) => path.endsWith(`/${name}`));
    return {
      live,
      get sent() {
        return mine().map(({ body }) => body);
      },
    };
  };
  const watchers = {
    both: await watch(ctx, 'both'),
    annex: await watch(ctx.as(keyOfSites('ANNEX-SITE')), 'annex'),
    abroad: await watch(far, 'abroad'),
    scoped: await watch(ctx.as({ actor: SESSIONS_ONLY }), 'scoped', ['sessions', 'meter_values']),
  };
  const at = async (where: TestContext, mark: string, emaid: string, charges = 1) => {
    const root = async (name: string) =>
      (await issue({ ca: true, name: `${mark} ${name}`, pathLength: 3 })).pem;
    const pems = [await root('root'), await root('next root')] as const;
    return populate(where, { mark, emaid, pems, webhookUrl: server.url, charges });
  };
  // More charges at home than one request looks through when it is asked for one.
  const home = await at(ctx, 'HOME', 'DEHOMC00000001', 14);
  const annex = await at(ctx, 'ANNEX', 'DEANXC00000001');
  const abroad = await at(far, 'ABROAD', 'DEABRC00000001');
  await make(ctx, 'createConfigurationTemplate', {
    name: 'For both sites',
    match: { model: 'MX-EV-22' },
    items: [{ name: 'HeartbeatInterval', value: '60' }],
  });
  // Time enough for what is asked to be counted anew.
  ctx.tick(600_000);
  await settle(ctx);
  return { ctx, home, annex, abroad, watchers };
}

let world: Promise<IsolationWorld> | undefined;

/** Made once: whoever changes it puts it back. */
export const theWorld = (): Promise<IsolationWorld> => {
  world ??= aWorld();
  return world;
};
