import { describe, test } from 'vitest';
import * as z from 'zod';
import { listEvents } from '#shared/events/list-events.ts';
import { TOPICS, Topic } from '#shared/live/topics.ts';
import { aLiveClient } from '#test/live/live-client.ts';
import { keyOfSites } from '#test/support/fake-charger.ts';
import type { Place } from '#test/support/isolation/place.ts';
import { SESSIONS_ONLY, theWorld } from '#test/support/isolation/world.ts';
import { settle } from '#test/support/settle.ts';

const world = await theWorld();
const { home, annex, abroad, watchers } = world;

/** What each saw of all that happened while the world was made, and what must not be in it. */
const views: [string, string[], Place[], Place[]][] = [
  ['both', seenBy('both'), [home, annex], [abroad]],
  ['annex', seenBy('annex'), [annex], [home, abroad]],
  ['abroad', seenBy('abroad'), [abroad], [home, annex]],
];

function seenBy(name: keyof typeof watchers): string[] {
  const { live, sent } = watchers[name];
  return [...live.frames.map((frame) => JSON.stringify(frame)), ...sent];
}
const tracesOf = ({ traces }: Place, texts: readonly string[]) =>
  traces.filter((trace) => texts.some((text) => text.includes(trace)));

describe.for(views)('who may see %s', ([, seen, own, others]) => {
  test('saw it, live and by webhook, and nothing of the others', ({ expect }) => {
    for (const place of own) expect(tracesOf(place, seen)).toContain(place.ids.charger);
    expect(others.flatMap((place) => tracesOf(place, seen))).toEqual([]);
  });
});

const Sent = z.object({
  organization_id: z.string(),
  type: z.string(),
  scope: z.looseObject({ site_id: z.string().nullish() }),
});
const sentTo = (name: keyof typeof watchers) =>
  watchers[name].sent.map((body) => Sent.parse(JSON.parse(body)));

test('an endpoint made with a restricted key is sent what happens at its sites alone', ({
  expect,
}) => {
  const sent = sentTo('annex');
  expect(new Set(sent.map(({ scope }) => scope.site_id))).toEqual(new Set([annex.ids.site]));
  expect(new Set(sent.map(({ type }) => type)).size).toBeGreaterThan(10);
});

test('an endpoint is sent the events of its own organization', ({ expect }) => {
  expect(new Set(sentTo('both').map((one) => one.organization_id))).toEqual(new Set(['near']));
  expect(new Set(sentTo('abroad').map((one) => one.organization_id))).toEqual(new Set(['far']));
});

describe('a key that may read sessions alone', () => {
  const { live } = watchers.scoped;
  const OBJECTS = new Set(['session', 'soc', 'meter_values']);
  const about = (event: unknown) => String(Object(event).subject?.object);

  test('is sent what is about sessions, by webhook and live, and nothing else', ({ expect }) => {
    const sent = watchers.scoped.sent.map((body) => about(JSON.parse(body)));
    const pushed = live.of('event').map(({ event }) => about(event));
    expect(sent).toContain('session');
    expect(pushed).toContain('session');
    expect([...sent, ...pushed].filter((object) => !OBJECTS.has(object))).toEqual([]);
  });

  test('cannot widen what it watches, by ticket or by frame', async ({ expect }) => {
    const key = world.ctx.as({ actor: SESSIONS_ONLY });
    const closed = Topic.options.filter(
      (topic) => !TOPICS[topic].objects.some((object) => OBJECTS.has(object)),
    );
    expect(closed.length).toBeGreaterThan(4);
    const client = await aLiveClient(key, { topics: ['sessions'] });
    await settle(world.ctx);
    for (const topic of closed) {
      await expect(aLiveClient(key, { topics: [topic] })).rejects.toThrow('scope');
      await client.say({ action: 'subscribe', topics: [topic] });
      expect(client.frames.at(-1)).toMatchObject({ type: 'error', code: 'insufficient_scope' });
    }
    await client.leave();
  });

  test('is greeted with sessions alone, and catches up with sessions alone', async ({ expect }) => {
    const key = world.ctx.as({ actor: SESSIONS_ONLY });
    const client = await aLiveClient(key, { topics: ['sessions', 'soc'] });
    await settle(world.ctx);
    const greeted = client.of('hello').flatMap(({ snapshot }) => Object(snapshot));
    expect(greeted.filter(({ object }) => object !== 'session')).toEqual([]);
    const { events } = await listEvents(key, {}, { limit: 200 });
    expect(events.filter((event) => !OBJECTS.has(about(event)))).toEqual([]);
    expect(events.length).toBeGreaterThan(10);
    await client.leave();
  });
});

describe.for(Topic.options)('the topic %s', (topic) => {
  const strangers = { site_id: [abroad.ids.site] };
  const filters: object[] = [
    {},
    strangers,
    { charger_id: [abroad.ids.charger] },
    { session_id: [abroad.ids.session] },
  ];

  test('greets nobody with what is of another organization, whatever they ask for', async ({
    expect,
  }) => {
    for (const filter of filters) {
      const client = await aLiveClient(world.ctx, { topics: [topic], filter });
      await settle(world.ctx);
      const frames = JSON.stringify(client.frames).replaceAll(JSON.stringify(filter), '');
      expect(client.of('hello')).toHaveLength(1);
      expect(abroad.traces.filter((trace) => frames.includes(trace))).toEqual([]);
      await client.leave();
    }
  });

  test('greets a restricted key with its sites alone', async ({ expect }) => {
    const restricted = world.ctx.as(keyOfSites(annex.ids.site));
    for (const filter of [
      {},
      { charger_id: [home.ids.charger] },
      { session_id: [home.ids.session] },
    ]) {
      const client = await aLiveClient(restricted, { topics: [topic], filter });
      await settle(world.ctx);
      const frames = JSON.stringify(client.frames).replaceAll(JSON.stringify(filter), '');
      expect(home.traces.filter((trace) => frames.includes(trace))).toEqual([]);
      await client.leave();
    }
  });
});

test('the topics are those there are', ({ expect }) => {
  expect(Object.keys(TOPICS).sort()).toEqual([...Topic.options].sort());
});
