import { describe, expect, test } from 'vitest';
import { endpoint as getCommand } from '#functions/api/commands/get-command.ts';
import { endpoint } from '#functions/api/commands/set-display-message.ts';
import { displayMessagesOf } from '#shared/displays/display-message.ts';
import { call } from '#test/support/call.ts';
import { hour201, tell } from '#test/support/charge-201.ts';
import type { TestContext } from '#test/support/context.ts';
import { aPricedPeer, MINUTE, theSession } from '#test/support/ocpp-site.ts';

const ask = (ctx: TestContext, body: object) =>
  call(ctx, endpoint, { params: { charger_id: 'CP-1' }, body });
const command = async (ctx: TestContext, { body }: { body: Readonly<Record<string, unknown>> }) =>
  (await call(ctx, getCommand, { params: { command_id: body['id'] } })).body;
const aScreen = () => aPricedPeer({ version: 'ocpp2.0.1' });

describe('a message', () => {
  test('is shown with all that was asked, and known from then on', async () => {
    const { ctx, charger } = await aScreen();
    const asked = await ask(ctx, {
      action: 'set',
      message_id: 12,
      text: 'Closed on Sunday',
      language: 'en',
      priority: 'in_front',
      state: 'idle',
      starts_at: '2026-06-07T00:00:00+05:30',
      ends_at: '2026-06-07T18:30:00Z',
    });
    expect(asked.status).toBe(202);
    expect(charger.lastAsked()).toMatchObject({
      action: 'SetDisplayMessage',
      payload: {
        message: {
          id: 12,
          priority: 'InFront',
          state: 'Idle',
          startDateTime: '2026-06-06T18:30:00.000Z',
          endDateTime: '2026-06-07T18:30:00.000Z',
          message: { format: 'UTF8', language: 'en', content: 'Closed on Sunday' },
        },
      },
    });
    await charger.reply(charger.lastAsked());
    expect(await command(ctx, asked)).toMatchObject({ status: 'completed' });
    expect(await displayMessagesOf(ctx, 'CP-1')).toMatchObject([
      { message_id: 12, text: 'Closed on Sunday' },
    ]);
  });

  test('without a number gets one nobody has', async () => {
    const { ctx, charger } = await aScreen();
    const one = await ask(ctx, { action: 'set', text: 'One' });
    expect(one.body).toMatchObject({ message_id: 1 });
    await charger.reply(charger.lastAsked());
    const two = await ask(ctx, { action: 'set', text: 'Two' });
    expect(two.body).toMatchObject({ message_id: 2 });
    const ids = charger.asked().map(({ payload }) => payload['message']);
    expect(ids).toMatchObject([{ id: 1 }, { id: 2 }]);
  });

  test.each([
    ['NotSupportedMessageFormat', 'format_not_supported'],
    ['NotSupportedPriority', 'priority_not_supported'],
    ['NotSupportedState', 'state_not_supported'],
    ['UnknownTransaction', 'unknown_session'],
    ['Rejected', 'rejected'],
  ])('that a screen answers with %s is not taken for shown', async (status, outcome) => {
    const { ctx, charger } = await aScreen();
    const asked = await ask(ctx, { action: 'set', text: '<b>Hi</b>', format: 'html' });
    await charger.reply(charger.lastAsked(), { status });
    expect(await command(ctx, asked)).toMatchObject({ status: 'rejected', result: { outcome } });
    expect(await displayMessagesOf(ctx, 'CP-1')).toEqual([]);
  });

  test('may be bound to a session that charges here, and to no other', async () => {
    const { ctx, charger } = await aScreen();
    ctx.tick(60 * MINUTE);
    await tell(charger, hour201[0] ?? { seq: 0 });
    const { id: session_id } = await theSession(ctx);
    await ask(ctx, { action: 'set', text: 'Hello', session_id });
    expect(charger.lastAsked().payload).toMatchObject({ message: { transactionId: 'TX-1' } });
    const other = await ask(ctx, { action: 'set', text: 'Hello', session_id: 'sess_NO' });
    expect(other).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'session_id', code: 'not_found' }] },
    });
    const long = await ask(ctx, { action: 'set', text: 'Hello', session_id: 'x'.repeat(3000) });
    expect(long.status).toBe(422);
  });
});

describe('the list of messages', () => {
  const info = (id: number, content = `Message ${id}`) => ({
    id,
    priority: 'NormalCycle',
    message: { format: 'UTF8', content },
  });

  test('is told in parts, and then complete', async () => {
    const { ctx, charger } = await aScreen();
    const asked = await ask(ctx, { action: 'list' });
    const { payload } = charger.lastAsked();
    const requestId = Number(payload['requestId']);
    await charger.reply(charger.lastAsked());
    expect(await command(ctx, asked)).toMatchObject({ status: 'accepted', completed_at: null });
    await charger.call('NotifyDisplayMessages', { requestId, tbc: true, messageInfo: [info(1)] });
    await charger.call('NotifyDisplayMessages', { requestId, tbc: true, messageInfo: [info(1)] });
    expect(await command(ctx, asked)).toMatchObject({ status: 'accepted' });
    await charger.call('NotifyDisplayMessages', { requestId, messageInfo: [info(2)] });
    expect(await command(ctx, asked)).toMatchObject({
      status: 'completed',
      result: { data: { messages: [{ message_id: 1 }, { message_id: 2, text: 'Message 2' }] } },
    });
  });

  test('forgets what is not shown any more, but only where all was asked for', async () => {
    const { ctx, charger } = await aScreen();
    await charger.call('NotifyDisplayMessages', { requestId: 99, messageInfo: [info(5)] });
    await ask(ctx, { action: 'list', priority: 'normal' });
    await charger.reply(charger.lastAsked());
    await charger.call('NotifyDisplayMessages', { requestId: 1, messageInfo: [info(6)] });
    expect(await displayMessagesOf(ctx, 'CP-1')).toHaveLength(2);
    await ask(ctx, { action: 'list' });
    await charger.reply(charger.lastAsked());
    await charger.call('NotifyDisplayMessages', { requestId: 2, messageInfo: [info(6)] });
    expect(await displayMessagesOf(ctx, 'CP-1')).toMatchObject([{ message_id: 6 }]);
  });

  test('is empty where the charger knows none such', async () => {
    const { ctx, charger } = await aScreen();
    const asked = await ask(ctx, { action: 'list', message_ids: [3], state: 'idle' });
    expect(charger.lastAsked().payload).toEqual({ requestId: 1, id: [3], state: 'Idle' });
    await charger.reply(charger.lastAsked(), { status: 'Unknown' });
    expect(await command(ctx, asked)).toMatchObject({
      status: 'completed',
      result: { data: { messages: [] } },
    });
  });
});

test.each(['Accepted', 'Unknown'])('a message cleared (%s) is forgotten', async (status) => {
  const { ctx, charger } = await aScreen();
  await ask(ctx, { action: 'set', message_id: 4, text: 'Hi' });
  await charger.reply(charger.lastAsked());
  await ask(ctx, { action: 'clear', message_id: 4 });
  expect(charger.lastAsked()).toMatchObject({ action: 'ClearDisplayMessage', payload: { id: 4 } });
  await charger.reply(charger.lastAsked(), { status });
  expect(await displayMessagesOf(ctx, 'CP-1')).toEqual([]);
});

test.each([
  { action: 'set' },
  { action: 'set', text: '' },
  { action: 'set', text: 'x'.repeat(513) },
  { action: 'set', text: 'x', message_id: -1 },
  { action: 'clear' },
  { action: 'list', message_ids: [] },
  { action: 'blink' },
])('%j is refused', async (body) => {
  const { ctx } = await aScreen();
  expect(await ask(ctx, body)).toMatchObject({ status: 422 });
});

test('a charger of OCPP 1.6 has no screen for messages', async () => {
  const { ctx } = await aPricedPeer();
  expect(await ask(ctx, { action: 'list' })).toMatchObject({
    status: 409,
    body: { code: 'capability_not_supported' },
  });
});
