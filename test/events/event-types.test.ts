import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { allEventTypes } from '#shared/catalogue/event-types.ts';
import { isOfTopic, TOPICS, Topic } from '#shared/live/topics.ts';

const root = new URL('../../', import.meta.url);
const textOf = (path: string) => readFileSync(new URL(path, root), 'utf8');

test('the catalogue imports the events of every domain', () => {
  const domains = readdirSync(new URL('shared/', root)).filter((domain) =>
    existsSync(new URL(`shared/${domain}/events.ts`, root)),
  );
  expect(domains.length).toBeGreaterThan(5);
  const catalogue = textOf('shared/catalogue/event-types.ts');
  const missing = domains.filter((domain) => !catalogue.includes(`'#shared/${domain}/events.ts'`));
  expect(missing).toEqual([]);
});

test('every function that completes envelopes, or asks for a type by its name, imports it', () => {
  const functions = [
    'stream/relay-events',
    'stream/push-live',
    'tasks/complete-replay',
    'tasks/greet-connection',
    'live/message',
    'api/webhooks/replay-webhook-deliveries',
  ];
  for (const name of functions)
    expect(textOf(`functions/${name}.ts`), name).toContain("'#shared/catalogue/event-types.ts'");
});

test('no two types have one name, and each says when it happens', () => {
  const types = allEventTypes();
  expect(new Set(types.map(({ name }) => name)).size).toBe(types.length);
  for (const { name, when, channels } of types) {
    expect(name).toMatch(/^[a-z_]+\.[a-z_]+$/);
    expect(when.length).toBeGreaterThan(3);
    expect(channels.length).toBeGreaterThan(0);
  }
});

test('every live type is of a topic whose objects include its own', () => {
  const live = allEventTypes().filter(({ channels }) => channels.includes('live'));
  for (const { name, object } of live) {
    const topics = Topic.options.filter((topic) => isOfTopic(topic, name));
    expect(topics, name).not.toEqual([]);
    for (const topic of topics) expect(TOPICS[topic].objects, name).toContain(object);
  }
});
