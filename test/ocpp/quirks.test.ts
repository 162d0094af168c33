import { describe, expect, test } from 'vitest';
import { getChargerView } from '#shared/chargers/charger-view.ts';
import { protocols } from '#shared/ocpp/protocols.ts';
import { admit } from '#shared/ocpp/repair/admit.ts';
import { applyQuirks } from '#shared/ocpp/repair/apply-quirks.ts';
import { dependsOnFirmware, quirks, quirksOf } from '#shared/ocpp/repair/quirks.ts';
import { start16, stop16 } from '#test/support/charge-16.ts';
import { ocppDoor } from '#test/support/ocpp-door.ts';
import { aPeer } from '#test/support/ocpp-peer.ts';
import { aPricedWorld, atMinute, MINUTE, theSession } from '#test/support/ocpp-site.ts';

const makeOf = ({ example: { charger } }: (typeof quirks)[number]) => ({
  vendor_name: charger.vendor,
  model: charger.model,
  firmware_version: charger.firmware,
});

describe.each(quirks)('quirk $id', (quirk) => {
  const { version, action, before, after } = quirk.example;
  const known = { quirks: [quirk], zone: 'Asia/Kolkata' };

  test('belongs to the charger of its example', () => {
    expect(quirksOf(makeOf(quirk)).map(({ id }) => id)).toContain(quirk.id);
    const other = { vendor_name: 'Magma', model: 'MX-EV-22', firmware_version: '4.2.1' };
    expect(quirksOf(other)).toEqual([]);
    expect(quirksOf({ vendor_name: null, model: null, firmware_version: null })).toEqual([]);
  });

  test('reads a message as its example says, and tells where', () => {
    const { payload, repairs } = applyQuirks(known, { version, action, payload: before });
    expect(payload).toEqual(after);
    expect(new Set(repairs.map(({ rule }) => rule))).toEqual(new Set([quirk.id]));
  });

  test('makes a valid message of it, and leaves it alone when it comes as it should', async () => {
    const moneyCarrying = true;
    const read = await admit(version, action, before, { moneyCarrying, quirks: known });
    expect(read).toMatchObject({ accepted: 'repaired', payload: after });
    // What is local time in the zone of UTC cannot be told from UTC, and is the same.
    const right = await admit(version, action, after, {
      moneyCarrying,
      quirks: { ...known, zone: 'UTC' },
    });
    expect(right).toMatchObject({ payload: after });
  });

  test('never breaks on a message of any other kind', () => {
    for (const { version, inbound } of Object.values(protocols))
      for (const { action, example } of inbound)
        for (const payload of [example, {}, [], null, 'text', { meterValue: 'x' }])
          applyQuirks(known, { version, action, payload });
  });

  test('reads messages of a charger that has it, through the front door, and is counted', async () => {
    const ctx = await aPricedWorld();
    const { vendor, model, firmware } = quirk.example.charger;
    const boot = { chargePointVendor: vendor, chargePointModel: model, firmwareVersion: firmware };
    const door = ocppDoor(ctx);
    const first = await door.knock({ segment: 'CP-1', connectionId: 'first' });
    await first.say(JSON.stringify([2, 'boot', 'BootNotification', boot]));
    const counted = () => ctx.counts[`OcppQuirk ${quirk.id}`] ?? 0;
    await first.say(JSON.stringify([2, 'on the first socket', action, before]));
    expect(counted()).toBe(1);
    // Known when the socket opens, or looked up: both ways must read alike.
    const second = await door.knock({ segment: 'CP-1', connectionId: 'second' });
    await second.say(JSON.stringify([2, 'on the next', action, before]));
    expect(counted()).toBe(2);
    const answers = ctx.sent.ocpp.map(({ json }) => json);
    expect(answers).toContainEqual([3, 'on the next', expect.any(Object)]);
  });
});

describe('what a quirk is worth', () => {
  const boot = (charger: (typeof quirks)[number]['example']['charger']) => ({
    chargePointVendor: charger.vendor,
    chargePointModel: charger.model.slice(0, 20),
    firmwareVersion: charger.firmware,
  });
  async function aQuirky(id: string) {
    const quirk = quirks.find((q) => q.id === id);
    if (!quirk) throw new Error(`No quirk ${id}`);
    const ctx = await aPricedWorld();
    const charger = await aPeer(ctx, { id: 'CP-1', registered: true, boots: false });
    await charger.call('BootNotification', boot(quirk.example.charger));
    return { ctx, charger };
  }
  const sample = (minute: number, wh: number) => [
    { timestamp: atMinute(minute), sampledValue: [{ value: String(wh) }] },
  ];

  test('OpenEVSE: 8 kWh are billed as 8 kWh, though its registers say 1,000 and 1,008', async () => {
    const { ctx, charger } = await aQuirky('openevse-energy-in-kwh');
    const { transactionId } = await charger.call('StartTransaction', start16({ meterStart: 1000 }));
    ctx.tick(30 * MINUTE);
    const meterValue = sample(30, 1004);
    await charger.call('MeterValues', { connectorId: 1, transactionId, meterValue });
    expect(await theSession(ctx)).toMatchObject({ energy_kwh: 4 });
    ctx.tick(30 * MINUTE);
    await charger.call('StopTransaction', stop16(transactionId, { meterStop: 1008 }));
    // 8 kWh at 16.00 = 128.00; GST 18 % = 23.04.
    expect(await theSession(ctx)).toMatchObject({
      energy_kwh: 8,
      cost: { total: { amount: '151.04' } },
      flags: ['repaired:openevse-energy-in-kwh'],
    });
  });

  test('Grizzl-E: energy of the session among registers neither resets nor leaps', async () => {
    const { ctx, charger } = await aQuirky('grizzl-e-session-energy');
    const { transactionId } = await charger.call('StartTransaction', start16());
    for (const minute of [15, 30, 45]) {
      ctx.tick(15 * MINUTE);
      const meterValue = sample(minute, minute * 133);
      await charger.call('MeterValues', { connectorId: 1, transactionId, meterValue });
    }
    ctx.tick(15 * MINUTE);
    await charger.call('StopTransaction', stop16(transactionId));
    const { energy_kwh, flags } = await theSession(ctx);
    expect(energy_kwh).toBe(8);
    expect(flags).toEqual(['repaired:grizzl-e-session-energy']);
  });

  test('ABB: a register that is 0 for once changes nothing', async () => {
    const { ctx, charger } = await aQuirky('abb-terra-zero-register');
    const { transactionId } = await charger.call('StartTransaction', start16());
    for (const [minute, wh] of [
      [15, 1_002_000],
      [30, 0],
      [45, 1_006_000],
    ] as const) {
      ctx.tick(15 * MINUTE);
      const meterValue = sample(minute, wh);
      await charger.call('MeterValues', { connectorId: 1, transactionId, meterValue });
    }
    // Nothing else was in that message, so the session does not even hear of it.
    expect(await theSession(ctx)).toMatchObject({ energy_kwh: 6, flags: [] });
    expect(ctx.counts['OcppQuirk abb-terra-zero-register']).toBe(1);
  });

  test('Growatt: local time is that of the site', async () => {
    const { ctx, charger } = await aQuirky('growatt-local-time');
    // Noon in UTC is 17:30 in Kolkata, where the site is.
    await charger.call('StartTransaction', start16({ timestamp: '2026-06-01T17:30:00' }));
    expect((await theSession(ctx)).charging_started_at).toBe('2026-06-01T12:00:00.000Z');
  });

  test('Injet: the current of its one phase is shown', async () => {
    const { ctx, charger } = await aQuirky('injet-neutral-current');
    const { transactionId } = await charger.call('StartTransaction', start16());
    ctx.tick(MINUTE);
    const sampledValue = [
      { value: '1000000' },
      { value: '15.6', measurand: 'Current.Import', phase: 'N' },
    ];
    const meterValue = [{ timestamp: atMinute(1), sampledValue }];
    await charger.call('MeterValues', { connectorId: 1, transactionId, meterValue });
    expect(ctx.counts['OcppQuirk injet-neutral-current']).toBe(1);
  });
});

describe('the quirks of a charger', () => {
  const openevse = (firmware_version: string) => ({
    vendor_name: 'OpenEVSE',
    model: 'Advanced',
    firmware_version,
  });

  test('follow its firmware, where they depend on it', () => {
    expect(quirksOf(openevse('4.2.2'))).toHaveLength(1);
    expect(quirksOf(openevse('5.0.0'))).toEqual([]);
    expect(dependsOnFirmware(openevse('5.0.0'))).toBe(true);
    expect(dependsOnFirmware({ ...openevse('1'), vendor_name: 'Growatt' })).toBe(false);
  });

  test('change with the boot after an update, on the same socket', async () => {
    const ctx = await aPricedWorld();
    const boot = (firmwareVersion: string) =>
      JSON.stringify([
        2,
        firmwareVersion,
        'BootNotification',
        { chargePointVendor: 'OpenEVSE', chargePointModel: 'X', firmwareVersion },
      ]);
    const door = ocppDoor(ctx);
    const socket = await door.knock({ segment: 'CP-1' });
    await socket.say(boot('4.2.2'));
    const again = await door.knock({ segment: 'CP-1', connectionId: 'again' });
    const start = (id: string, connectorId: number) =>
      again.say(
        JSON.stringify([2, id, 'StartTransaction', start16({ connectorId, meterStart: 7 })]),
      );
    await start('old', 1);
    await again.say(boot('5.0.0'));
    await start('new', 2);
    expect(ctx.counts['OcppQuirk openevse-energy-in-kwh']).toBe(1);
  });

  test('are asked for anew where the charger turns out to be another one', async () => {
    const ctx = await aPricedWorld();
    const boot = (vendor: string, model: string) =>
      JSON.stringify([
        2,
        vendor,
        'BootNotification',
        { chargePointVendor: vendor, chargePointModel: model },
      ]);
    const door = ocppDoor(ctx);
    await (await door.knock({ segment: 'CP-1' })).say(boot('Magma', 'MX-EV-22'));
    const settled = await door.knock({ segment: 'CP-1', connectionId: 'settled' });
    await settled.say(boot('Magma', 'MX-EV-22'));
    expect(ctx.sockets.ocpp.gone.has('settled')).toBe(false);
    await settled.say(boot('Growatt', 'THOR_11AS'));
    expect(ctx.sockets.ocpp.closed).toContainEqual(
      expect.objectContaining({ connectionId: 'settled', code: 1012 }),
    );
    expect(await getChargerView(ctx, 'CP-1')).toMatchObject({ vendor_name: 'Growatt' });
  });
});
