import { describe, expect, test } from 'vitest';
import { endpoint as getCommand } from '#functions/api/commands/get-command.ts';
import { call } from '#test/support/call.ts';
import { recordedEvents } from '#test/support/outbox.ts';
import {
  aSecuredCharger,
  newPasswordOf,
  type SecuredWorld,
} from '#test/support/secured-charger.ts';
import { settle } from '#test/support/settle.ts';

const DAY = 86_400_000;

const told = ({ ctx }: SecuredWorld) =>
  recordedEvents(ctx).filter(({ type }) => type === 'charger.credentials_rotated');
const statusOf = async ({ ctx }: SecuredWorld, id: unknown) =>
  (await call(ctx, getCommand, { params: { command_id: id } })).body;

describe.each([
  [
    'ocpp1.6',
    (value: string) => ({ key: 'AuthorizationKey', value }),
    (status: string) => ({ status }),
  ],
  [
    'ocpp2.0.1',
    (attributeValue: string) => ({
      setVariableData: [
        {
          component: { name: 'SecurityCtrlr' },
          variable: { name: 'BasicAuthPassword' },
          attributeValue,
        },
      ],
    }),
    (attributeStatus: string) => ({
      setVariableResult: [
        {
          attributeStatus,
          component: { name: 'SecurityCtrlr' },
          variable: { name: 'BasicAuthPassword' },
        },
      ],
    }),
  ],
] as const)('a new password in %s', (version, requestOf, answerOf) => {
  test('is told once, and sent to the charger', async () => {
    const { charger, rotate } = await aSecuredCharger(version);
    const reply = await rotate();
    expect(reply.status).toBe(202);
    const password = newPasswordOf(reply);
    expect(password).toMatch(/^[0-9a-f]{40}$/);
    expect(charger.lastAsked().payload).toEqual(requestOf(password));
  });

  // Gotcha 8.
  test('opens the door beside the old one until the charger has shown it', async () => {
    const world = await aSecuredCharger(version);
    const { charger, rotate, knock, password: old, ctx } = world;
    const password = newPasswordOf(await rotate());
    for (const each of [old, password]) expect(await knock({ password: each })).toBe(200);
    expect(await knock({ password: old })).toBe(401);
    await charger.reply(charger.lastAsked(), answerOf('Accepted'));
    await settle(ctx);
    expect(await knock({ password })).toBe(200);
    expect(told(world)).toHaveLength(1);
  });

  test('that the charger took leaves the old one good for a day, unless it is seen before', async () => {
    const world = await aSecuredCharger(version);
    const { charger, rotate, knock, password: old, ctx } = world;
    const reply = await rotate();
    const password = newPasswordOf(reply);
    await charger.reply(charger.lastAsked(), answerOf('Accepted'));
    await settle(ctx);
    expect(await statusOf(world, reply.body['id'])).toMatchObject({ status: 'completed' });
    expect(await knock({ password: old })).toBe(200);
    expect(told(world)).toEqual([]);
    ctx.tick(DAY + 1000);
    expect(await knock({ password: old })).toBe(401);
    expect(await knock({ password })).toBe(200);
  });

  test('that the charger refused is forgotten', async () => {
    const world = await aSecuredCharger(version);
    const { charger, rotate, knock, password: old, ctx } = world;
    const reply = await rotate();
    await charger.reply(charger.lastAsked(), answerOf('Rejected'));
    await settle(ctx);
    expect(await statusOf(world, reply.body['id'])).toMatchObject({ status: 'rejected' });
    expect(await knock({ password: newPasswordOf(reply) })).toBe(401);
    expect(await knock({ password: old })).toBe(200);
  });

  test('whose answer is lost stays good for ever, and so does the old one', async () => {
    const world = await aSecuredCharger(version);
    const { rotate, knock, password: old, ctx } = world;
    const reply = await rotate();
    ctx.tick(31_000);
    await settle(ctx);
    expect(await statusOf(world, reply.body['id'])).toMatchObject({ status: 'timed_out' });
    ctx.tick(60 * DAY);
    expect(await knock({ password: old })).toBe(200);
    expect(await knock({ password: newPasswordOf(reply) })).toBe(200);
    expect(await knock({ password: old })).toBe(401);
  });

  test('that needs a restart leaves the old one good until the charger has restarted', async () => {
    const { charger, rotate, knock, password: old, ctx } = await aSecuredCharger(version);
    const password = newPasswordOf(await rotate());
    await charger.reply(charger.lastAsked(), answerOf('RebootRequired'));
    await settle(ctx);
    ctx.tick(30 * DAY);
    expect(await knock({ password: old })).toBe(200);
    expect(await knock({ password })).toBe(200);
    expect(await knock({ password: old })).toBe(401);
  });

  test('is nowhere in clear: not in the table, the events, the logs or the messages kept', async () => {
    const world = await aSecuredCharger(version);
    const { charger, rotate, ctx, knock } = world;
    const reply = await rotate();
    const password = newPasswordOf(reply);
    const command = await statusOf(world, reply.body['id']);
    await charger.reply(charger.lastAsked(), answerOf('Accepted'));
    await settle(ctx);
    await knock({ password });
    await settle(ctx);
    const kept = [
      ctx.table.stream.read(0, 1_000_000),
      ctx.logs,
      await ctx.traffic.newest('demo/CP-1', { limit: 100 }),
      command,
    ];
    expect(JSON.stringify(kept)).toContain('CP-1');
    expect(JSON.stringify(kept).toLowerCase()).not.toContain(password);
  });
});

describe('by hand', () => {
  test('nothing is sent, and either password is good until the new one is seen', async () => {
    const world = await aSecuredCharger();
    const { charger, rotate, knock, password: old, ctx } = world;
    const before = charger.asked().length;
    const reply = await rotate({ delivery: 'by_hand' });
    expect(reply.body).toMatchObject({ status: 'completed', result: { outcome: 'issued' } });
    expect(charger.asked()).toHaveLength(before);
    ctx.tick(100 * DAY);
    expect(await knock({ password: old })).toBe(200);
    expect(await knock({ password: newPasswordOf(reply) })).toBe(200);
    expect(await knock({ password: old })).toBe(401);
    expect(told(world)).toHaveLength(1);
  });

  test('a password of one’s own may be given, as far as the version can take it', async () => {
    const { rotate, knock } = await aSecuredCharger('ocpp2.0.1');
    const password = 'Korrekt-Pferd.Batterie';
    expect((await rotate({ delivery: 'by_hand', password })).status).toBe(202);
    expect(await knock({ password: password.toLowerCase() })).toBe(401);
    expect(await knock({ password })).toBe(200);
    const old = await aSecuredCharger('ocpp1.6');
    expect((await old.rotate({ password })).status).toBe(422);
    expect((await old.rotate({ password: 'A1'.repeat(16) })).status).toBe(202);
  });
});

describe('is refused', () => {
  test('for a charger elsewhere, and without the scope', async () => {
    const { ctx, rotate } = await aSecuredCharger();
    const other = ctx.as({ tenantId: 'other', organization: {} });
    expect((await rotate({}, other)).status).toBe(404);
    const key = { kind: 'api_key', id: 'key_x', scopes: ['chargers:write'] } as const;
    expect((await rotate({}, ctx.as({ actor: key }))).status).toBe(403);
  });

  test('where a password and a profile are to change at once', async () => {
    const { rotate } = await aSecuredCharger();
    const body = { security_profile: 2, delivery: 'by_hand' };
    expect((await rotate(body)).status).toBe(422);
  });
});
