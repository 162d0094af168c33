import { describe, test } from 'vitest';
import type { TestContext } from '#test/support/context.ts';
import type { FakeCharger } from '#test/support/fake-charger.ts';
import { sessionsOf } from '#test/support/ocpp-site.ts';
import { settle } from '#test/support/settle.ts';
import {
  aSmartCharger,
  charging,
  clearOn,
  profilesOn,
  says,
  setOn,
} from '#test/support/smart-charging.ts';

/** A maximum (1), defaults of connector 1 on two levels (2, 3) and of connector 2 (4). */
async function aFullCharger(version: '1.6' | '2.0.1' = '1.6') {
  const { ctx, charger } = await aSmartCharger(version);
  await says(
    ctx,
    version === '1.6'
      ? { ChargeProfileMaxStackLevel: '5' }
      : { 'SmartChargingCtrlr.ProfileStackLevel': '5' },
  );
  const profiles = [
    { purpose: 'charger_max', connector: undefined },
    {},
    { stack_level: 2 },
    { connector: 2 },
  ];
  for (const more of profiles) {
    await setOn(ctx, more);
    await charger.answer({ status: 'Accepted' });
  }
  return { ctx, charger };
}

const numbers = async (ctx: TestContext) => (await profilesOn(ctx)).map(({ number }) => number);

describe('clearChargingProfiles', () => {
  test.for([
    [{}, {}, {}, []],
    [
      { purpose: 'default' },
      { chargingProfilePurpose: 'TxDefaultProfile' },
      { chargingProfilePurpose: 'TxDefaultProfile' },
      [1],
    ],
    [{ connector: 1 }, { connectorId: 1 }, { evseId: 1 }, [1, 4]],
    [{ connector: 0 }, { connectorId: 0 }, { evseId: 0 }, [2, 3, 4]],
    [
      { connector: 1, stack_level: 2 },
      { connectorId: 1, stackLevel: 2 },
      { evseId: 1, stackLevel: 2 },
      [1, 2, 4],
    ],
  ] as const)('%j', async ([query, in16, in201, left], { expect }) => {
    for (const version of ['1.6', '2.0.1'] as const) {
      const { ctx, charger } = await aFullCharger(version);
      expect((await clearOn(ctx, query)).status).toBe(202);
      expect(charger.calls().at(-1)).toMatchObject({
        action: 'ClearChargingProfile',
        payload: version === '1.6' ? in16 : { chargingProfileCriteria: in201 },
      });
      expect(await numbers(ctx)).toEqual([1, 2, 3, 4]);
      await charger.answer({ status: 'Accepted' });
      expect(await numbers(ctx)).toEqual(left);
    }
  });

  test('names one by its id, and nothing else', async ({ expect }) => {
    const { ctx, charger } = await aFullCharger();
    const [, second] = await profilesOn(ctx);
    await clearOn(ctx, { id: second?.id, connector: 2 });
    expect(charger.calls().at(-1)?.payload).toEqual({ id: 2 });
    await charger.answer({ status: 'Accepted' });
    expect(await numbers(ctx)).toEqual([1, 3, 4]);
    const { status, body } = await clearOn(ctx, { id: second?.id });
    expect([status, body['code']]).toEqual([422, 'validation_failed']);
  });

  test('takes off the books what the charger says it does not have', async ({ expect }) => {
    const { ctx, charger } = await aFullCharger();
    await clearOn(ctx, { purpose: 'default' });
    await charger.answer({ status: 'Unknown' });
    expect(await numbers(ctx)).toEqual([1]);
  });

  test('leaves the books alone where the charger does not answer', async ({ expect }) => {
    const { ctx, charger } = await aFullCharger();
    await clearOn(ctx);
    await charger.fail();
    expect(await numbers(ctx)).toEqual([1, 2, 3, 4]);
  });
});

/** A session on connector 1 with a profile of its own, beside a default. */
async function aProfiledSession(): Promise<{ ctx: TestContext; charger: FakeCharger }> {
  const { ctx, charger } = await aSmartCharger();
  await charging(ctx, charger, '1.6');
  await setOn(ctx);
  await charger.answer({ status: 'Accepted' });
  const [session] = await sessionsOf(ctx);
  await setOn(ctx, { purpose: 'session', connector: undefined, session_id: session?.id });
  await charger.answer({ status: 'Accepted' });
  return { ctx, charger };
}

describe('what a charger forgets by itself', () => {
  const stop = (ctx: TestContext) => ({
    transactionId: 1,
    meterStop: 10,
    timestamp: ctx.now().toISOString(),
  });

  test('is the profile of a session, when it ends', async ({ expect }) => {
    const { ctx, charger } = await aProfiledSession();
    expect(await numbers(ctx)).toEqual([1, 2]);
    await charger.say('StopTransaction', stop(ctx));
    await settle(ctx);
    expect(await numbers(ctx)).toEqual([1]);
  });

  test('is the profile of a session, when the charger restarts; defaults stay', async ({
    expect,
  }) => {
    const { ctx, charger } = await aProfiledSession();
    ctx.tick(1000);
    await charger.say('BootNotification', {
      chargePointVendor: 'Magma',
      chargePointModel: 'MX-EV-22',
    });
    await settle(ctx);
    expect(await numbers(ctx)).toEqual([1]);
  });

  test('is a profile whose session ended before the charger agreed to it', async ({ expect }) => {
    const { ctx, charger } = await aSmartCharger();
    await charging(ctx, charger, '1.6');
    const [session] = await sessionsOf(ctx);
    await setOn(ctx, { purpose: 'session', connector: undefined, session_id: session?.id });
    await charger.say('StopTransaction', stop(ctx));
    await settle(ctx);
    await charger.answer({ status: 'Accepted' });
    expect(await numbers(ctx)).toEqual([]);
  });

  test('is a profile whose time is over', async ({ expect }) => {
    const { ctx, charger } = await aSmartCharger();
    await setOn(ctx, { valid_to: '2026-06-01T05:30:00Z' });
    await charger.answer({ status: 'Accepted' });
    ctx.tick(59 * 60_000);
    expect(await numbers(ctx)).toEqual([1]);
    ctx.tick(60_000);
    expect(await numbers(ctx)).toEqual([]);
  });
});
