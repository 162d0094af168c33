import { readFileSync } from 'node:fs';
import specification from '@asyncapi/specs/schemas/3.0.0-without-$id.json' with { type: 'json' };
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { handler } from '#functions/api/meta/get-async-api.ts';
import { loadEventTypes } from '#lib/registry.ts';
import { ASYNCAPI_FILE, asyncApiText } from '#scripts/asyncapi.ts';
import { ClientFrame } from '#shared/live/frame-schemas.ts';
import { aLiveClient } from '#test/live/live-client.ts';
import { aCharge } from '#test/support/a-charge.ts';
import { testContext } from '#test/support/context.ts';
import { aLambdaContext, aProxyEvent } from '#test/support/gateway-event.ts';
import { useTestRuntime } from '#test/support/runtime.ts';
import { settle } from '#test/support/settle.ts';

const Message = z.looseObject({
  payload: z.unknown(),
  examples: z.array(z.object({ payload: z.unknown() })).min(1),
});
const Document = z.looseObject({
  asyncapi: z.literal('3.0.0'),
  operations: z.record(
    z.string(),
    z.looseObject({ action: z.enum(['send', 'receive']), messages: z.array(z.unknown()) }),
  ),
  channels: z.record(z.string(), z.looseObject({ 'x-limits': z.record(z.string(), z.number()) })),
  components: z.looseObject({
    messages: z.record(z.string(), Message),
    schemas: z.record(z.string(), z.unknown()),
  }),
});
const text = await asyncApiText();
const whole: unknown = JSON.parse(text);
const document = Document.parse(whole);
const { messages, schemas } = document.components;

/** What a payload must be, with what it refers to. */
const ajv = formats.default(new Ajv2020({ strict: false, allErrors: true }));
ajv.addSchema({ $id: 'asyncapi.json', components: { schemas } });
const accepts = (name: string) => {
  const payload = JSON.stringify(messages[name]?.payload).replaceAll(
    '"#/components/',
    '"asyncapi.json#/components/',
  );
  return ajv.compile(JSON.parse(payload));
};

describe('the AsyncAPI document', () => {
  test('is fresh: `npm run generate` would write it', ({ expect }) => {
    const committed = readFileSync(new URL(`../../${ASYNCAPI_FILE}`, import.meta.url), 'utf8');
    expect(committed === text, `${ASYNCAPI_FILE} is stale`).toBe(true);
  });

  test('is what the JSON Schema of AsyncAPI 3.0.0 asks for', ({ expect }) => {
    const validate = formats
      .default(new Ajv({ strict: false, allErrors: true }))
      .compile(specification);
    validate(whole);
    expect(validate.errors ?? []).toEqual([]);
  });

  test('refers only to what it has', ({ expect }) => {
    const refs = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path);
    const at = (path: string) =>
      path.split('/').reduce<unknown>((node, name) => Reflect.get(Object(node), name), whole);
    expect(refs.length).toBeGreaterThan(100);
    expect(refs.filter((path) => at(path) === undefined)).toEqual([]);
  });

  test('has every live event, every frame, and each in an operation', async ({ expect }) => {
    const live = (await loadEventTypes()).filter(({ channels }) => channels.includes('live'));
    const frames = ['hello', 'snapshot', 'gap', 'reconnect', 'error', 'pong'];
    const said = ClientFrame.options.map(({ shape }) => shape.action.value);
    const all = [...frames, ...said, ...live.map(({ name }) => name)];
    expect(Object.keys(messages).sort()).toEqual(all.sort());
    const operations = JSON.stringify(document.operations);
    for (const name of all) expect(operations).toContain(`#/channels/live/messages/${name}"`);
    for (const [name, { action }] of Object.entries(document.operations))
      expect(action).toBe(name.startsWith('receive-') ? 'receive' : 'send');
  });

  test('has examples that its own schemas accept', ({ expect }) => {
    for (const [name, { examples }] of Object.entries(messages)) {
      const isGood = accepts(name);
      for (const { payload } of examples) isGood(payload);
      expect(isGood.errors ?? [], name).toEqual([]);
    }
  });

  test('says the limits of section 7', ({ expect }) => {
    // Two hours, ten minutes idle, 32 KB, 20 connections, 200 events a second, ten minutes of replay.
    expect(document.channels['live']?.['x-limits']).toMatchObject({
      connection_seconds: 7200,
      idle_seconds: 600,
      frame_bytes: 32_768,
      connections_per_credential: 20,
      events_per_second: 200,
      replay_seconds: 600,
      reconnect_notice_seconds: 300,
      ticket_seconds: 60,
    });
  });

  test('tells true: every frame of a charge is one of its messages', async ({ expect }) => {
    const ctx = testContext();
    const topics = ['sessions', 'meter_values', 'connectors', 'chargers', 'commands', 'payments'];
    const client = await aLiveClient(ctx, { topics });
    await settle(ctx);
    const charge = await aCharge(ctx);
    await settle(ctx);
    ctx.tick(60_000);
    await charge.measure(4000, { 'Power.Active.Import': 11_000 });
    await settle(ctx);
    await charge.end(5000);
    await settle(ctx);
    await client.say({ action: 'ping' });
    await client.say({ action: 'subscribe', topics: ['faults'] });
    await client.say('nonsense');
    const seen = new Set<string>();
    for (const frame of client.frames) {
      const { type } = frame;
      const name = type === 'event' ? Object(frame['event'])['type'] : String(type);
      seen.add(name);
      const isGood = accepts(name);
      isGood(frame);
      expect(isGood.errors ?? [], JSON.stringify(frame)).toEqual([]);
    }
    const expected = ['hello', 'pong', 'error', 'session.started', 'session.ended', 'cdr.created'];
    expect([...seen]).toEqual(expect.arrayContaining(expected));
  });
});

describe('getAsyncApi', () => {
  const ask = (accept?: string) => {
    useTestRuntime(testContext());
    return handler(aProxyEvent({ headers: accept ? { Accept: accept } : {} }), aLambdaContext());
  };
  const served = {
    ...Object(whole),
    servers: { live: { host: 'api.magma.test', protocol: 'wss', description: 'This deployment.' } },
  };

  test('serves the document with this deployment as its server, to everybody', async ({
    expect,
  }) => {
    const reply = await ask();
    expect(reply.statusCode).toBe(200);
    expect(JSON.parse(reply.body)).toEqual(served);
  });

  test('serves it as YAML where that is wanted more', async ({ expect }) => {
    const reply = await ask('application/yaml');
    expect(reply.headers?.['Content-Type']).toBe('application/yaml; charset=utf-8');
    expect(parse(reply.body)).toEqual(served);
  });
});
