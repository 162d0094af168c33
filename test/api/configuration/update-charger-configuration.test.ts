import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { endpoint as getConfiguration } from '#functions/api/configuration/get-charger-configuration.ts';
import { endpoint } from '#functions/api/configuration/update-charger-configuration.ts';
import { call } from '#test/support/call.ts';
import { key, known, params, read, set } from '#test/support/configured.ts';
import { testContext } from '#test/support/context.ts';
import { keyOfSites } from '#test/support/fake-charger.ts';
import { aPeer } from '#test/support/ocpp-peer.ts';
import { recordedEvents } from '#test/support/outbox.ts';
import { settle } from '#test/support/settle.ts';

const Call = z.object({
  setVariableData: z.array(z.object({ component: z.unknown(), variable: z.unknown() })),
});
const heartbeat = { component: 'OCPPCommCtrlr', name: 'HeartbeatInterval', value: '300' };

describe('a change of several keys of an OCPP 1.6 charger', () => {
  // OCPP 1.6 §5.3 sets one key a call.
  test('is one command of as many calls, one at a time, with a result for each key', async () => {
    const ctx = testContext();
    const charger = await aPeer(ctx);
    const items = [
      key('HeartbeatInterval', '60'),
      key('MeterValueSampleInterval', '30'),
      key('LocalPreAuthorize', 'true'),
      key('NoSuchKey', '1'),
    ];
    const reply = await set(ctx, items);
    expect(reply.status).toBe(202);
    const { id } = reply.body;
    for (const status of ['Accepted', 'RebootRequired', 'Rejected', 'NotSupported'])
      await charger.reply(charger.lastAsked(), { status });

    expect(charger.asked().map(({ action, payload }) => ({ action, ...payload }))).toEqual([
      { action: 'ChangeConfiguration', key: 'HeartbeatInterval', value: '60' },
      { action: 'ChangeConfiguration', key: 'MeterValueSampleInterval', value: '30' },
      { action: 'ChangeConfiguration', key: 'LocalPreAuthorize', value: 'true' },
      { action: 'ChangeConfiguration', key: 'NoSuchKey', value: '1' },
    ]);
    const command = await read(ctx, id);
    expect(command).toMatchObject({
      type: 'update_configuration',
      status: 'completed',
      result: { outcome: 'partly_accepted', reason: '2 of 4 were not accepted.' },
      ocpp: { request: { key: 'NoSuchKey' }, response: { status: 'NotSupported' } },
    });
    expect(command).toHaveProperty('result.data.items.0.outcome', 'accepted');
    expect(command).toHaveProperty('result.data.items.1.outcome', 'reboot_required');
    expect(command).toHaveProperty('result.data.items.2.outcome', 'rejected');
    expect(command).toHaveProperty('result.data.items.3.outcome', 'not_supported');
    expect(command['steps']).toHaveLength(4);
  });

  test('shows as one command: no list and no event tells of its calls', async () => {
    const ctx = testContext();
    const charger = await aPeer(ctx);
    const { body } = await set(ctx, [key('A', '1'), key('B', '2')]);
    await charger.reply(charger.lastAsked());
    await charger.reply(charger.lastAsked());
    await settle(ctx);
    const about = recordedEvents(ctx).filter(({ type }) => type.startsWith('command.'));
    expect(about.map(({ type, subject }) => [type, subject])).toEqual([
      ['command.sent', body['id']],
      ['command.completed', body['id']],
    ]);
    const versions = about.map(({ version }) => version);
    expect(versions).toEqual(versions.toSorted((a, b) => a - b));
  });
});

describe('a change of variables of an OCPP 2.0.1 charger', () => {
  test('goes out in calls of as many as the charger takes', async () => {
    const ctx = testContext();
    const charger = await aPeer(ctx, { version: 'ocpp2.0.1' });
    const items = Array.from({ length: 7 }, (_, n) => ({
      component: 'Vendor',
      component_instance: 'left',
      evse_id: 1,
      name: 'Setting',
      instance: `n${n}`,
      value: String(n),
    }));
    const { body } = await set(ctx, items);
    const answer = async (statuses: readonly string[]) => {
      const { setVariableData } = Call.parse(charger.lastAsked().payload);
      const results = setVariableData.map((one, n) => ({ ...one, attributeStatus: statuses[n] }));
      // In another order: each is known by its name.
      await charger.reply(charger.lastAsked(), { setVariableResult: results.toReversed() });
    };
    expect(charger.lastAsked().payload['setVariableData']).toHaveLength(5);
    await answer(['Accepted', 'RebootRequired', 'Rejected', 'UnknownComponent', 'UnknownVariable']);
    await answer(['NotSupportedAttributeType', 'Accepted']);
    const outcomes = [
      ...['accepted', 'reboot_required', 'rejected', 'unknown', 'unknown', 'not_supported'],
      'accepted',
    ];
    const data = { items: outcomes.map((outcome) => expect.objectContaining({ outcome })) };
    expect(await read(ctx, body['id'])).toMatchObject({ status: 'completed', result: { data } });
    expect(charger.asked()[0]?.payload['setVariableData']).toContainEqual({
      component: { name: 'Vendor', instance: 'left', evse: { id: 1 } },
      variable: { name: 'Setting', instance: 'n0' },
      attributeValue: '0',
    });
  });

  test('is rejected where nothing was accepted', async () => {
    const ctx = testContext();
    const charger = await aPeer(ctx, { version: 'ocpp2.0.1' });
    const { body } = await set(ctx, [heartbeat]);
    const address = {
      component: { name: 'OCPPCommCtrlr' },
      variable: { name: 'HeartbeatInterval' },
    };
    await charger.reply(charger.lastAsked(), {
      setVariableResult: [{ ...address, attributeStatus: 'Rejected' }],
    });
    expect(await read(ctx, body['id'])).toMatchObject({
      status: 'rejected',
      result: { outcome: 'rejected' },
    });
    expect(await known(ctx)).toMatchObject({ configuration: [], total: 0 });
  });
});

describe('what was accepted', () => {
  test('is in the known configuration at once, and makes an event where it changed', async () => {
    const ctx = testContext();
    const charger = await aPeer(ctx);
    await set(ctx, [key('HeartbeatInterval', '60')]);
    await charger.reply(charger.lastAsked());
    expect(recordedEvents(ctx).map(({ type }) => type)).not.toContain(
      'charger.configuration_changed',
    );
    await set(ctx, [key('heartbeatinterval', '90')]);
    await charger.reply(charger.lastAsked(), { status: 'RebootRequired' });
    expect(await known(ctx)).toMatchObject({
      configuration: [{ value: '90', source: 'platform', reboot_required: true, read_at: null }],
      total: 1,
    });
    const changed = recordedEvents(ctx).find(
      ({ type }) => type === 'charger.configuration_changed',
    );
    expect(changed?.object).toMatchObject({
      charger_id: 'CP-1',
      source: 'platform',
      changes: [{ value: '90', previous: '60', reboot_required: true }],
    });
    ctx.tick(1000);
    await charger.boot();
    expect(await known(ctx)).toMatchObject({ configuration: [{ reboot_required: false }] });
  });
});

describe('a change is refused', () => {
  test('of a password, which is rotated instead, and of a key named twice', async () => {
    const ctx = testContext();
    const charger = await aPeer(ctx);
    for (const name of ['AuthorizationKey', 'BasicAuthPassword', 'WifiPassword']) {
      const { status, body } = await set(ctx, [key(name, 'x')]);
      expect(status).toBe(422);
      expect(body).toMatchObject({ errors: [{ field: 'items.0.name', code: 'secret' }] });
    }
    const twice = await set(ctx, [key('A', '1'), key('a', '2')]);
    expect(twice.body).toMatchObject({ errors: [{ field: 'items.1.name', code: 'duplicate' }] });
    expect(charger.asked()).toEqual([]);
  });

  test('where the version has no such names', async () => {
    const ctx = testContext();
    await aPeer(ctx);
    await aPeer(ctx, { id: 'CP-2', version: 'ocpp2.0.1' });
    expect(await set(ctx, [heartbeat])).toMatchObject({ status: 409 });
    const other = { params: { charger_id: 'CP-2' }, body: { items: [key('A', '1')] } };
    expect((await call(ctx, endpoint, other)).body).toMatchObject({
      code: 'capability_not_supported',
    });
  });

  test('of a charger of others, or of a site the key is not for', async () => {
    const ctx = testContext();
    const charger = await aPeer(ctx);
    for (const who of [ctx.as({ tenantId: 'other' }), ctx.as(keyOfSites('BLR-KOR'))]) {
      expect(await set(who, [key('A', '1')])).toMatchObject({ status: 404 });
      expect(await call(who, getConfiguration, { params })).toMatchObject({ status: 404 });
    }
    expect(charger.asked()).toEqual([]);
  });
});
