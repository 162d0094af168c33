import { describe, expect, test } from 'vitest';
import { getChargerView } from '#shared/chargers/charger-view.ts';
import { findConnection } from '#shared/chargers/connectivity.ts';
import { hashPassword } from '#shared/chargers/credentials.ts';
import { NewCharger } from '#shared/chargers/new-charger.ts';
import { createCharger } from '#shared/chargers/register-charger.ts';
import { listUnclaimed } from '#shared/chargers/unclaimed.ts';
import { keys } from '#shared/db/keys.ts';
import { testContext } from '#test/support/context.ts';
import { ocppDoor } from '#test/support/ocpp-door.ts';

const liveMode = { organization: { auto_register: false, allow_unsecured: false } };
const boot = '[2,"1","BootNotification",{"chargePointVendor":"Magma","chargePointModel":"M"}]';

async function aCharger(ctx = testContext(liveMode), input: Partial<NewCharger> = {}) {
  const charger = await createCharger(ctx, NewCharger.parse({ id: 'CP-1', ...input }));
  return { ctx, door: ocppDoor(ctx), password: charger.ocpp_password ?? '' };
}

describe('the identity', () => {
  // Gotcha 1: decoded once; some chargers do not encode at all.
  test.each([
    ['CP-1', 'CP-1'],
    ['RDAM%20123', 'RDAM 123'],
    ['RDAM 123', 'RDAM 123'],
    ['a%2Bb%40c', 'a+b@c'],
    ['x'.repeat(48), 'x'.repeat(48)],
  ])('%s is that of %s', async (segment, identity) => {
    const ctx = testContext();
    expect((await ocppDoor(ctx).knock({ segment })).status).toBe(200);
    expect((await findConnection(ctx, identity))?.connection_id).toBe('socket-1');
  });

  // Gotcha 1: at most 48 characters, no colon, and nothing that a second decoding would reveal.
  test.each(['', 'x'.repeat(49), 'a%3Ab', '%2520', '%', 'a%2Fb', '%00'])(
    '%s is none: 404',
    async (segment) => {
      expect((await ocppDoor(testContext()).knock({ segment })).status).toBe(404);
    },
  );

  // Gotcha 2.
  test('that is not known is refused with 404 in live mode, and listed as unclaimed', async () => {
    const ctx = testContext(liveMode);
    const door = ocppDoor(ctx);
    for (const _ of [1, 2]) expect((await door.knock()).status).toBe(404);
    const { items } = await listUnclaimed(ctx, { limit: 10 });
    expect(items).toMatchObject([{ identity: 'CP-1', reason: 'not_registered', attempts: 2 }]);
    expect((await door.knock({ organization: 'nobody' })).status).toBe(404);
  });

  test('that is not known is registered in the sandbox by its first message', async () => {
    const ctx = testContext();
    const socket = await ocppDoor(ctx).knock({ segment: 'NEW-1' });
    await socket.say(boot);
    expect(await getChargerView(ctx, 'NEW-1')).toMatchObject({
      model: 'M',
      connectivity: { state: 'online' },
    });
  });

  test('cannot make itself a charger that has another identity, or is retired', async () => {
    const { ctx, door } = await aCharger(testContext(), { ocpp_identity: 'OTHER' });
    expect((await door.knock({ segment: 'CP-1' })).status).toBe(404);
    const retired = { op: 'update', set: { decommissioned: true } } as const;
    await createCharger(ctx, NewCharger.parse({ id: 'CP-2', security_profile: 0 }));
    await ctx.table.write([{ ...retired, key: keys.charger('demo', 'CP-2') }]);
    expect((await door.knock({ segment: 'CP-2' })).status).toBe(404);
  });
});

describe('the subprotocol', () => {
  // Gotcha 3: the charger lists them as it prefers.
  test.each([
    ['ocpp1.6', 'ocpp1.6'],
    ['ocpp2.0.1, ocpp1.6', 'ocpp2.0.1'],
    ['ocpp2.1,ocpp1.6,ocpp2.0.1', 'ocpp2.1'],
    ['ocpp3.0,ocpp1.6', 'ocpp1.6'],
    ['foo,  ocpp2.0.1', 'ocpp2.0.1'],
  ])('of %s is %s, and it alone is echoed', async (protocols, chosen) => {
    const { status, headers } = await ocppDoor(testContext()).knock({ protocols });
    expect({ status, headers }).toEqual({
      status: 200,
      headers: { 'Sec-WebSocket-Protocol': chosen },
    });
  });

  // Gotcha 3.
  test.each([null, '', 'ocpp3.0', 'OCPP1.6', 'mqtt'])('%s is refused: 400', async (protocols) => {
    expect((await ocppDoor(testContext()).knock({ protocols })).status).toBe(400);
  });
});

// No charger shows the body of a refusal: whoever sets one up looks here.
test.each([
  ['a wrong subprotocol', { protocols: 'ocpp1.5' }, 'It offers none of ocpp1.6, ocpp2.0.1.'],
  ['an unknown identity', { segment: 'NEW-1' }, /no such charger/],
  ['a wrong password', { password: 'wrong' }, /password is wrong/],
])('the log says why %s is refused', async (_, knock, because) => {
  const { ctx, door, password } = await aCharger();
  await door.knock({ password, ...knock });
  expect(ctx.logs.filter(({ level }) => level === 'warn')).toMatchObject([
    {
      message: 'A charger was refused',
      fields: { organization: 'demo', because: expect.stringMatching(because) },
    },
  ]);
});

describe('the password', () => {
  // Gotcha 7: 20 bytes, sent raw or as their hex text.
  test('opens the door as hex of either case, and as the bytes that the hex spells', async () => {
    const { door, password } = await aCharger();
    const raw = Buffer.from(password, 'hex');
    expect(raw).toHaveLength(20);
    for (const sent of [password, password.toUpperCase(), raw])
      expect((await door.knock({ password: sent })).status).toBe(200);
  });

  // Gotcha 7: bytes are not text, and one of them may be a colon.
  test('may hold any byte', async () => {
    const { ctx, door } = await aCharger();
    const bytes = Buffer.from('3aff00c3283a80fe0102030405060708090a0b0c', 'hex');
    const set = { password: hashPassword(bytes.toString('hex')) };
    await ctx.table.write([{ op: 'update', key: keys.charger('demo', 'CP-1'), set }]);
    expect((await door.knock({ password: bytes })).status).toBe(200);
  });

  // Gotchas 2 and 7: the user is the identity.
  test('that is wrong, missing, or another user’s is refused with 401, and listed', async () => {
    const { ctx, door, password } = await aCharger();
    const wrong = [{ password: 'wrong' }, { password: '' }, {}, { password, user: 'CP-2' }];
    for (const knock of wrong) expect((await door.knock(knock)).status).toBe(401);
    const { items } = await listUnclaimed(ctx, { limit: 10 });
    expect(items).toMatchObject([{ reason: 'bad_credentials', attempts: 4 }]);
  });

  // Gotchas 8 and 9: a charger never comes back less secured than it was set up.
  test('cannot be left out by a charger that has one, or needs a certificate', async () => {
    const { ctx, door } = await aCharger(testContext());
    expect((await door.knock()).status).toBe(401);
    const set = { password: null, security_profile: 3 };
    await ctx.table.write([{ op: 'update', key: keys.charger('demo', 'CP-1'), set }]);
    expect((await door.knock()).status).toBe(401);
    expect((await door.knock({ password: 'x' })).status).toBe(401);
  });
});

test('nobody comes in past the edge', async () => {
  const door = ocppDoor(testContext(), 'the secret of the edge');
  expect((await door.knock()).status).toBe(403);
  expect((await door.knock({ originSecret: 'guessed' })).status).toBe(403);
  expect((await door.knock({ originSecret: 'the secret of the edge' })).status).toBe(200);
});
