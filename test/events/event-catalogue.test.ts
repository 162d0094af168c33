import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, test } from 'vitest';
import { endpoint as list } from '#functions/api/events/list-event-types.ts';
import { loadEventTypes } from '#lib/registry.ts';
import { plannedEvents } from '#scripts/coverage/planned-events.ts';
import { readEvents } from '#scripts/coverage/read-events.ts';
import { isScope } from '#shared/core/scopes.ts';
import { envelopeOfType } from '#shared/events/event-schema.ts';
import { exampleEvent } from '#shared/events/example-event.ts';
import { scopeToRead } from '#shared/events/may-read-event.ts';
import { eventTypeView } from '#shared/http/event-catalogue.ts';
import { call } from '#test/support/call.ts';
import { testContext } from '#test/support/context.ts';

const types = await loadEventTypes();
const emitted = await readEvents(fileURLToPath(new URL('../../', import.meta.url)));

describe.for(types)('$name', (type) => {
  test('has an example that is just what its schema says', ({ expect }) => {
    expect(type.data.parse(type.example)).toEqual(type.example);
    const event = exampleEvent(type);
    expect(envelopeOfType(type).parse(event)).toEqual(event);
  });

  test('has an example that its published JSON Schema accepts, and no other event does', ({
    expect,
  }) => {
    const ajv = formats.default(new Ajv2020({ strict: false, allErrors: true }));
    const { schema, example } = eventTypeView(type);
    const accepts = ajv.compile(schema);
    accepts(JSON.parse(JSON.stringify(example)));
    expect(accepts.errors ?? []).toEqual([]);
    expect(accepts({ ...example, type: 'other.happened' })).toBe(false);
    expect(accepts({ ...example, data: {} })).toBe(false);
  });

  test('needs a scope that there is', ({ expect }) => {
    expect(isScope(scopeToRead(type.object)), scopeToRead(type.object)).toBe(true);
  });

  test('is emitted somewhere', ({ expect }) => {
    const { emittedIn } = emitted.find((each) => each.type.name === type.name) ?? {};
    expect(emittedIn?.filter((file) => !file.includes('catalogue'))).not.toEqual([]);
  });
});

/** api-surface.md, section 6: 148 types. */
test('all types of the design are there, or said to come with something', ({ expect }) => {
  const planned = plannedEvents.flatMap((each) => each.types.split(' '));
  const all = new Set([...planned, ...types.map(({ name }) => name)]);
  expect([...all].filter((name) => !/^[a-z_]+\.[a-z_]+$/.test(name))).toEqual([]);
  expect(all.size).toBeGreaterThanOrEqual(148);
});

/**
 * What is told of has a version, by which a receiver knows the older of two. These have none inside, since
 * they happen once and never change; the envelope's `subject.resource_version` is there all the same.
 */
const HAPPEN_ONCE = [
  'configuration_change',
  'data_transfer',
  'meter_values',
  'monitor_event',
  'soc',
  'unclaimed_charger',
];
test('every object that can change says its version, and the event the same one', ({ expect }) => {
  const without = types.filter(({ example }) => !('resource_version' in Object(example)));
  expect([...new Set(without.map(({ object }) => object))].sort()).toEqual(HAPPEN_ONCE);
  for (const type of types.filter((each) => !without.includes(each))) {
    const event = exampleEvent(type);
    const { resource_version } = Object(event.data.object);
    expect(event.subject.resource_version, type.name).toBe(resource_version);
  }
});

describe('listEventTypes', () => {
  const names = async (query: object) => {
    const { body } = await call(testContext(), list, { query: { ...query } });
    return Object(body)['event_types'].map(({ type }: { type: string }) => type);
  };

  test('shows every type, by name, a page at a time', async ({ expect }) => {
    const ctx = testContext();
    const seen: string[] = [];
    let cursor: unknown;
    do {
      const query = { limit: 30, ...(cursor ? { cursor } : {}) };
      const { status, body } = await call(ctx, list, { query });
      expect(status).toBe(200);
      expect(body['total']).toBe(types.length);
      seen.push(...Object(body)['event_types'].map(({ type }: { type: string }) => type));
      cursor = body['next_cursor'];
    } while (cursor);
    expect(seen).toEqual(types.map(({ name }) => name));
  });

  test('filters by pattern, channel and core', async ({ expect }) => {
    expect(await names({ types: 'site.*' })).toEqual(['site.created', 'site.updated']);
    const live = types.filter(({ channels }) => channels.includes('live'));
    expect(await names({ channel: 'live', limit: 200 })).toEqual(live.map(({ name }) => name));
    expect(await names({ core: 'true', types: 'session.*,cdr.*' })).toEqual([
      'cdr.created',
      'session.ended',
      'session.failed',
      'session.started',
      'session.updated',
    ]);
  });
});
