import { describe, expect, test } from 'vitest';
import { disconnected } from '#shared/chargers/connectivity.ts';
import { NewCharger } from '#shared/chargers/new-charger.ts';
import { createCharger } from '#shared/chargers/register-charger.ts';
import { asked, events, idsOf, peers, post, seen, soft } from '#test/support/batched.ts';
import { testContext } from '#test/support/context.ts';
import { aPeer } from '#test/support/ocpp-peer.ts';
import { settle } from '#test/support/settle.ts';

describe('a batch', () => {
  test('asks so many chargers at a time, and the next when one has answered', async () => {
    const ctx = testContext();
    const chargers = await peers(ctx, 5);
    const { status, body, headers } = await post(ctx, {
      ...soft,
      charger_ids: idsOf(chargers),
      concurrency: 2,
    });
    expect([status, body['total']]).toEqual([202, 5]);
    expect(headers['Location']).toBe(`/v1/commands?batch_id=${body['id']}`);
    await settle(ctx);
    for (let done = 0; done < 5; done += 1) {
      expect(idsOf(asked(chargers))).toEqual(idsOf(chargers.slice(0, done + 2)));
      const now = await seen(ctx, body['id']);
      expect(now.batch['by_status']).toMatchObject({
        completed: done,
        running: Math.min(2, 5 - done),
        waiting: Math.max(0, 3 - done),
      });
      expect(events(ctx)).toEqual([]);
      await chargers[done]?.reply(chargers[done]?.lastAsked() ?? { id: '' });
      await settle(ctx);
    }
    expect((await seen(ctx, body['id'])).batch).toMatchObject({
      status: 'completed',
      total: 5,
      by_status: { completed: 5, running: 0, waiting: 0 },
    });
    expect(events(ctx)).toMatchObject([{ subject: body['id'], object: { status: 'completed' } }]);
  });

  test('stops when more fail than may: the rest is canceled, and nobody is asked any more', async () => {
    const ctx = testContext();
    const chargers = await peers(ctx, 6);
    const { body } = await post(ctx, {
      ...soft,
      charger_ids: idsOf(chargers),
      concurrency: 2,
      max_failures: 1,
    });
    await settle(ctx);
    for (const charger of chargers.slice(0, 2)) {
      await charger.reply(charger.lastAsked(), { status: 'Rejected' });
      await settle(ctx);
    }
    // The third began when the first had failed; it may still do as it was told.
    await chargers[2]?.reply(chargers[2].lastAsked());
    await settle(ctx);
    const { batch, status } = await seen(ctx, body['id']);
    expect(batch).toMatchObject({ status: 'stopped' });
    expect(Object.values(status).filter((one) => one === 'canceled')).toHaveLength(3);
    expect(idsOf(asked(chargers))).toEqual(['CP-1', 'CP-2', 'CP-3']);
    expect(events(ctx)).toMatchObject([
      { object: { status: 'stopped', by_status: { rejected: 2, completed: 1, canceled: 3 } } },
    ]);
  });

  test('counts failures in percent of all, and timing out as one', async () => {
    const ctx = testContext();
    const chargers = await peers(ctx, 4);
    const { body } = await post(ctx, {
      ...soft,
      charger_ids: idsOf(chargers),
      concurrency: 1,
      max_failure_percent: 25,
    });
    await settle(ctx);
    for (const _ of [1, 2]) {
      ctx.tick(31_000);
      await settle(ctx);
    }
    const { batch, status } = await seen(ctx, body['id']);
    expect(batch).toMatchObject({ status: 'stopped' });
    expect(status).toEqual({
      'CP-1': 'timed_out',
      'CP-2': 'timed_out',
      'CP-3': 'canceled',
      'CP-4': 'canceled',
    });
  });

  test('takes back what waits for a charger that is away, when it stops', async () => {
    const ctx = testContext();
    const chargers = await peers(ctx, 2);
    await disconnected(ctx, 'CP-1', 'socket-of-CP-1');
    const { body } = await post(ctx, {
      ...soft,
      charger_ids: idsOf(chargers),
      concurrency: 1,
      max_failures: 0,
      expires_in_seconds: 86_400,
    });
    await settle(ctx);
    // It held up no other.
    expect(idsOf(asked(chargers))).toEqual(['CP-2']);
    await chargers[1]?.reply(chargers[1].lastAsked(), { status: 'Rejected' });
    await settle(ctx);
    const { batch, status } = await seen(ctx, body['id']);
    expect(batch).toMatchObject({ status: 'stopped' });
    expect(status).toEqual({ 'CP-1': 'canceled', 'CP-2': 'rejected' });
    const back = await aPeer(ctx, { connectionId: 'back', id: 'CP-1', registered: true });
    await settle(ctx);
    expect(back.asked()).toEqual([]);
  });

  test('says of each charger that cannot be asked why, and goes on', async () => {
    const ctx = testContext();
    const [charger] = await peers(ctx, 1);
    await createCharger(ctx, NewCharger.parse({ id: 'NEW-1', security_profile: 0 }));
    const { body } = await post(ctx, {
      type: 'set_monitors',
      input: { monitors: [] },
      charger_ids: ['NO-SUCH', 'NEW-1', 'CP-1', 'NO-SUCH'],
    });
    await settle(ctx);
    const { batch, commands } = await seen(ctx, body['id']);
    expect(batch).toMatchObject({ status: 'completed', total: 3, by_status: { rejected: 3 } });
    expect(
      Object.fromEntries(commands.map((one) => [one.charger_id, one.result?.outcome])),
    ).toEqual({
      'NO-SUCH': 'not_found',
      'NEW-1': 'charger_not_registered',
      'CP-1': 'capability_not_supported',
    });
    expect(charger?.asked()).toEqual([]);
  });

  test('of settings is one command a charger, whatever its version', async () => {
    const ctx = testContext();
    const old = await aPeer(ctx, { id: 'OLD' });
    const { body } = await post(ctx, {
      type: 'update_configuration',
      input: {
        items: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
      },
      charger_ids: ['OLD'],
    });
    await settle(ctx);
    await old.reply(old.lastAsked());
    await old.reply(old.lastAsked());
    await settle(ctx);
    const { batch, commands } = await seen(ctx, body['id']);
    expect(batch).toMatchObject({ status: 'completed', by_status: { completed: 1 } });
    expect(commands).toMatchObject([
      { type: 'update_configuration', batch_id: body['id'], result: { outcome: 'accepted' } },
    ]);
    expect(old.asked()).toHaveLength(2);
  });
});

test('a batch never takes a password, not even to be told no by every charger', async () => {
  const ctx = testContext();
  const [charger] = await peers(ctx, 1);
  const items = [{ name: 'AuthorizationKey', value: '7065726c' }];
  const { status, body } = await post(ctx, {
    type: 'update_configuration',
    input: { items },
    charger_ids: charger ? [charger.id] : [],
  });
  expect(status).toBe(422);
  expect(body).toMatchObject({ errors: [{ field: 'input.items.0.name', code: 'secret' }] });
});

test.each([
  ['update_configuration', { items: [{ name: 'HeartbeatInterval', value: '300' }] }],
  ['refresh_configuration', {}],
  ['set_monitors', { monitors: [] }],
])('a batch of %s needs the scope that it needs for one charger', async (type, input) => {
  const ctx = testContext();
  const [charger] = await peers(ctx, 1);
  const key = (scopes: string[]) => ctx.as({ actor: { kind: 'api_key', id: 'key_2', scopes } });
  const body = { type, input, charger_ids: charger ? [charger.id] : [] };
  const refused = await post(key(['commands:write']), body);
  expect([refused.status, refused.body['code']]).toEqual([403, 'insufficient_scope']);
  expect((await post(key(['commands:write', 'config:write']), body)).status).toBe(202);
});
