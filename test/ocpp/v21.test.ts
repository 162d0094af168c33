import { describe, expect, test } from 'vitest';
import { listCdrs } from '#shared/cdrs/list-cdrs.ts';
import { getChargerView } from '#shared/chargers/charger-view.ts';
import { isChargerInitiated } from '#shared/ocpp/charger-initiated.ts';
import { actionsOf, validatorFor } from '#shared/ocpp/schemas/validate.ts';
import { ocpp21 } from '#shared/ocpp/v21/index.ts';
import { EIGHT_KWH } from '#test/support/charge-16.ts';
import { eventOf, hour201 } from '#test/support/charge-201.ts';
import { testContext } from '#test/support/context.ts';
import { ocppDoor } from '#test/support/ocpp-door.ts';
import { aPeer } from '#test/support/ocpp-peer.ts';
import { aPricedPeer, aPricedWorld, MINUTE, theSession } from '#test/support/ocpp-site.ts';
import { settle } from '#test/support/settle.ts';

const version = 'ocpp2.1';
const shared = new Set(actionsOf('ocpp2.0.1'));
const added = actionsOf(version).filter((action) => !shared.has(action));
const bootOf = (reason: string) => ({
  reason,
  chargingStation: { vendorName: 'Magma', model: 'MX-EV-120' },
});

/** 2.1 keeps every action of 2.0.1 and adds 27: 12 that chargers send, 15 that we do (Part 0). */
test('2.1 has the 64 actions of 2.0.1, and 27 more', () => {
  expect(actionsOf(version)).toHaveLength(91);
  expect([...shared].every((action) => actionsOf(version).includes(action))).toBe(true);
  expect(added).toHaveLength(27);
  expect(added.filter((action) => isChargerInitiated(version, action))).toHaveLength(12);
});

describe('the actions of 2.0.1 in 2.1', () => {
  test.each(ocpp21.inbound)('$action is answered as 2.1 asks', async ({ action, example }) => {
    const valid = await validatorFor(version, action, 'request');
    const validAnswer = await validatorFor(version, action, 'response');
    expect(valid(example)).toBeUndefined();
    const charger = await aPeer(testContext({ at: '2026-11-22T11:00:00.000Z' }), { version });
    expect(validAnswer(await charger.call(action, example))).toBeUndefined();
  });

  test.each(ocpp21.outbound)('$action is said as 2.1 asks', async ({ action, example }) => {
    const valid = await validatorFor(version, action, 'request');
    expect(valid(example)).toBeUndefined();
  });

  test('are understood with what only 2.1 has in them', async () => {
    const charger = await aPeer(testContext(), { version });
    const long = { idToken: 'T'.repeat(255), type: 'DirectPayment' };
    expect(await charger.call('Authorize', { idToken: long })).toMatchObject({
      idTokenInfo: { status: 'Accepted' },
    });
  });
});

describe('words that only 2.1 has', () => {
  const monitor = (type: string, id: number) => ({
    component: { name: 'Meter' },
    variable: { name: `V${id}` },
    variableMonitoring: [
      {
        id,
        transaction: false,
        value: 1,
        type,
        severity: 5,
        eventNotificationType: 'CustomMonitor',
      },
    ],
  });
  const report = (...entries: object[]) => ({
    requestId: 1,
    seqNo: 0,
    generatedAt: '2026-06-01T12:00:00Z',
    monitor: entries,
  });

  test('are left out of a list, with the entry that they are in', async () => {
    const charger = await aPeer(testContext(), { version });
    const told = report(monitor('TargetDelta', 1), monitor('Delta', 2));
    expect(await charger.call('NotifyMonitoringReport', told)).toEqual({});
    expect(await charger.call('NotifyMonitoringReport', report(monitor('TargetDelta', 1)))).toEqual(
      {},
    );
  });

  test('are not supported where nothing else is said', async () => {
    const charger = await aPeer(testContext(), { version });
    const payload = { csr: 'x', certificateType: 'V2G20Certificate' };
    expect(await charger.refusal('SignCertificate', payload)).toBe('NotSupported');
  });

  test('do not keep what is about money from being taken', async () => {
    const { ctx, charger } = await aPricedPeer({ version });
    ctx.tick(60 * MINUTE);
    for (const told of hour201)
      await charger.call('TransactionEvent', {
        ...eventOf(told),
        triggerReason: 'RunningCost',
        costDetails: undefined,
      });
    expect(await theSession(ctx)).toMatchObject(EIGHT_KWH);
  });
});

test('every new action is known, and not supported', async () => {
  const charger = await aPeer(testContext(), { version });
  for (const action of added) expect(await charger.refusal(action)).toBe('NotSupported');
  expect(await charger.refusal('Nonsense')).toBe('NotImplemented');
});

test('a charger of 2.1 charges through the front door, and is billed', async () => {
  const ctx = await aPricedWorld();
  const socket = await ocppDoor(ctx).knock({ segment: 'CP-1', protocols: 'ocpp2.1,ocpp2.0.1' });
  expect(socket).toMatchObject({ status: 200, headers: { 'Sec-WebSocket-Protocol': 'ocpp2.1' } });
  const say = async (action: string, payload: unknown) => {
    const id = `${action}-${ctx.sent.ocpp.length}`;
    await socket.say(JSON.stringify([2, id, action, payload]));
    const answer = ctx.sent.ocpp.map(({ json }) => json).find((frame) => isAnswer(frame, id));
    expect(answer).toEqual([3, id, expect.any(Object)]);
  };
  await say('BootNotification', bootOf('PowerUp'));
  ctx.tick(60 * MINUTE);
  for (const event of hour201) await say('TransactionEvent', eventOf(event));
  await settle(ctx);
  expect(await theSession(ctx)).toMatchObject(EIGHT_KWH);
  expect((await listCdrs(ctx, {}, { limit: 10 })).items).toHaveLength(1);
  expect(await getChargerView(ctx, 'CP-1')).toMatchObject({ ocpp_version: '2.1' });
});

const isAnswer = (frame: unknown, id: string) => Array.isArray(frame) && frame[1] === id;

/** Part 4 §4.2.4: the receiver of a SEND answers nothing, whatever is in it. */
test.each([
  [
    '[6,"1","NotifyPeriodicEventStream",{"id":1,"pending":0,"basetime":"2026-06-01T00:00:00Z","data":[]}]',
  ],
  ['[6,"1","TransactionEvent",{}]'],
  ['[6,"1"]'],
  ['[6,"1","NotifyPeriodicEventStream",{'],
  ['[5,"1","InternalError","",{}]'],
  ['[5,"1"]'],
])('%s is never answered in 2.1', async (text) => {
  const charger = await aPeer(testContext(), { version });
  expect(await charger.say(text)).toEqual([]);
});

test('a charger that cannot read our answer is counted, for the fault is ours', async () => {
  const ctx = testContext();
  const charger = await aPeer(ctx, { version });
  await charger.say('[5,"1","FormatViolation","interval is no number",{}]');
  expect(ctx.counts).toMatchObject({ OcppErrors: 1 });
});

/** Older versions have no such types: 2.0.1 says so, 1.6 ignores them. */
test.each([5, 6])('message type %i is unknown before 2.1', async (type) => {
  const text = JSON.stringify([type, 'id-1', 'X', {}]);
  const older = await aPeer(testContext(), { version: 'ocpp2.0.1' });
  const [frame] = await older.say(text);
  expect(frame?.json).toEqual([4, 'id-1', 'MessageTypeNotSupported', expect.any(String), {}]);
  expect(await (await aPeer(testContext(), { version: 'ocpp1.6' })).say(text)).toEqual([]);
});
