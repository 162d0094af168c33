import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { endpoint as triggerMessage } from '#functions/api/commands/trigger-message.ts';
import { endpoint } from '#functions/api/diagnostics/list-ocpp-messages.ts';
import { keys } from '#shared/db/keys.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { keyOfSites } from '#test/support/fake-charger.ts';
import { ocppDoor } from '#test/support/ocpp-door.ts';
import { aPeer, type OcppPeer } from '#test/support/ocpp-peer.ts';

const Page = z.object({
  messages: z.array(z.looseObject({ action: z.string().nullable(), direction: z.string() })),
  next_cursor: z.string().nullable(),
});

async function list(ctx: TestContext, query: object = {}, charger_id = 'CP-1') {
  const { status, body } = await call(ctx, endpoint, {
    params: { charger_id },
    query: { ...query },
  });
  expect(status).toBe(200);
  return Page.parse(body);
}
const shown = async (ctx: TestContext, query: object = {}) =>
  (await list(ctx, query)).messages.map(
    ({ direction, type, action }) => `${direction} ${type} ${action}`,
  );

const status = { connectorId: 1, errorCode: 'NoError', status: 'Available' };

/** A charger that has booted, a second before anything else. */
async function aCharger(ctx = testContext()): Promise<{ ctx: TestContext; charger: OcppPeer }> {
  const charger = await aPeer(ctx);
  ctx.tick(1000);
  return { ctx, charger };
}

describe('listOcppMessages', () => {
  test('gives each message of both directions, the newest first', async () => {
    const { ctx, charger } = await aCharger();
    await charger.call(
      'StatusNotification',
      { ...status, timestamp: '2026-06-01T04:30:00' },
      'm-1',
    );
    expect((await list(ctx)).messages).toMatchObject([
      {
        charger_id: 'CP-1',
        direction: 'to_charger',
        type: 'result',
        action: 'StatusNotification',
        message_id: 'm-1',
        payload: {},
        latency_ms: 0,
        delivered: true,
        // [3,"m-1",{}]
        size_bytes: 12,
        ocpp_version: '1.6',
        connection_id: 'socket-of-CP-1',
      },
      {
        direction: 'from_charger',
        type: 'call',
        action: 'StatusNotification',
        message_id: 'm-1',
        // As sent; how it was read stands beside it.
        payload: { ...status, timestamp: '2026-06-01T04:30:00' },
        repairs: [{ rule: 'zone-assumed-utc', path: '/timestamp' }],
        error: null,
        at: '2026-06-01T04:30:01.000Z',
      },
      { direction: 'to_charger', type: 'result', action: 'BootNotification' },
      { direction: 'from_charger', type: 'call', action: 'BootNotification' },
    ]);
  });

  test('tells what we asked of the charger, and its answer with the command and how long it took', async () => {
    const { ctx, charger } = await aCharger();
    const body = { message: 'heartbeat' };
    const asked = await call(ctx, triggerMessage, { params: { charger_id: 'CP-1' }, body });
    ctx.tick(250);
    await charger.reply(charger.lastAsked());
    expect((await list(ctx, { action: 'TriggerMessage' })).messages).toMatchObject([
      {
        direction: 'from_charger',
        type: 'result',
        payload: { status: 'Accepted' },
        latency_ms: 250,
        command_id: asked.body['id'],
      },
      {
        direction: 'to_charger',
        type: 'call',
        payload: { requestedMessage: 'Heartbeat' },
        command_id: asked.body['id'],
        delivered: true,
      },
    ]);
  });

  test('keeps noise, refusals and answers nobody waits for, and finds what went wrong', async () => {
    const { ctx, charger } = await aCharger();
    await charger.say('hello');
    await charger.say('[2,"7","Heartbeat",{');
    await charger.say('[3,"nobody",{}]');
    await charger.refusal('Authorize', {});
    expect(await shown(ctx, { error: 'true' })).toEqual([
      'to_charger error Authorize',
      'to_charger error null',
      'from_charger unreadable null',
      'from_charger unreadable null',
    ]);
    const [refusal, unread, , noise] = (await list(ctx, { error: 'true' })).messages;
    expect(refusal).toMatchObject({ error: { code: 'OccurenceConstraintViolation' } });
    expect(unread).toMatchObject({ message_id: '7', error: { code: 'FormationViolation' } });
    expect(noise).toMatchObject({ raw: 'hello', payload: null, error: { code: 'Unreadable' } });
    expect(await shown(ctx, { message_id: 'nobody' })).toEqual(['from_charger result null']);
  });

  test('narrows by action, direction, message id and time, all together', async () => {
    const { ctx, charger } = await aCharger();
    for (const id of ['a', 'b']) {
      await charger.call('Heartbeat', {}, id);
      ctx.tick(1000);
    }
    const heartbeat = 'from_charger call Heartbeat';
    expect(await shown(ctx, { direction: 'from_charger', action: 'Heartbeat' })).toEqual([
      heartbeat,
      heartbeat,
    ]);
    expect(await shown(ctx, { message_id: 'b', direction: 'from_charger' })).toEqual([heartbeat]);
    const at = '2026-06-01T04:30:01.000Z';
    expect(await shown(ctx, { after: at })).toHaveLength(2);
    expect(await shown(ctx, { before: at })).toHaveLength(2);
    expect(await shown(ctx, { after: at, before: at })).toEqual([]);
  });

  test('pages through everything once, however many messages one moment has', async () => {
    const { ctx, charger } = await aCharger();
    for (let n = 0; n < 20; n++) await charger.call('Heartbeat', {}, `h-${n}`);
    ctx.tick(1);
    await charger.call('Heartbeat', {}, 'last');
    const all = (await list(ctx, { limit: 200 })).messages.map(({ id }) => id);
    expect(new Set(all).size).toBe(44);
    const paged: unknown[] = [];
    for (let cursor: string | null = null, more = true; more; more = cursor !== null) {
      const page: z.infer<typeof Page> = await list(ctx, {
        limit: 3,
        ...(cursor ? { cursor } : {}),
      });
      paged.push(...page.messages.map(({ id }) => id));
      cursor = page.next_cursor;
    }
    expect(paged).toEqual(all);
  });

  test('hides passwords, though the charger tells them unasked', async () => {
    const { ctx, charger } = await aCharger();
    const value = '6f70656e20736573616d65';
    const told = { configurationKey: [{ key: 'AuthorizationKey', readonly: false, value }] };
    await charger.say(JSON.stringify([3, 'nobody', told]));
    await charger.say(`[3,"nobody",{"AuthorizationKey":"${value}"`);
    const { messages } = await list(ctx);
    expect(JSON.stringify(messages)).not.toContain(value);
    expect(messages).toMatchObject([
      { raw: '[redacted]' },
      { payload: { configurationKey: [{ key: 'AuthorizationKey', value: '[redacted]' }] } },
      {},
      {},
    ]);
  });

  test('shows nobody the messages of another, and says that an unknown charger is none', async () => {
    const { ctx } = await aCharger();
    const asked = (who: TestContext, charger_id = 'CP-1') =>
      call(who, endpoint, { params: { charger_id } });
    expect((await asked(ctx, 'CP-2')).status).toBe(404);
    expect((await asked(ctx.as({ tenantId: 'other' }))).status).toBe(404);
    expect((await asked(ctx.as(keyOfSites('BLR-IND')))).status).toBe(404);
    const other = ctx.as({ tenantId: 'other' });
    await aPeer(other);
    expect((await list(other)).messages).toHaveLength(2);
  });
});

describe('how much is kept', () => {
  async function afterwards(set: object, key = keys.organization('demo')) {
    const ctx = testContext();
    await (await ocppDoor(ctx).knock()).say('[2,"1","BootNotification",{}]');
    const before = (await list(ctx)).messages.length;
    await ctx.table.write([{ op: 'update', key, set: { ...set } }]);
    const socket = await ocppDoor(ctx).knock({ connectionId: 'next' });
    await socket.say('[2,"2","Heartbeat",{}]');
    await socket.say('[2,"3","Authorize",{}]');
    return (await list(ctx)).messages.length - before;
  }

  test('is all, only exchanges that went wrong, or nothing, from the next connection on', async () => {
    expect(await afterwards({ ocpp_log: 'all' })).toBe(4);
    expect(await afterwards({ ocpp_log: 'errors' })).toBe(2);
    expect(await afterwards({ ocpp_log: 'off' })).toBe(0);
  });

  test('is what the charger’s own setting says, where it has one', async () => {
    const own = keys.charger('demo', 'CP-1');
    expect(await afterwards({ ocpp_log: 'off' }, own)).toBe(0);
    expect(await afterwards({ ocpp_log: null }, own)).toBe(4);
  });
});

test('a log that fails loses no message', async () => {
  const { ctx, charger } = await aCharger();
  ctx.traffic.append = () => Promise.reject(new Error('CloudWatch is down'));
  expect(await charger.call('Heartbeat')).toHaveProperty('currentTime');
  expect(ctx.counts).toMatchObject({ OcppLogFailures: 1 });
});
