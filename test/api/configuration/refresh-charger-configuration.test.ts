import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { endpoint } from '#functions/api/configuration/refresh-charger-configuration.ts';
import { capabilitiesOf } from '#shared/chargers/capabilities.ts';
import { getCharger } from '#shared/chargers/charger-view.ts';
import { deleteCharger } from '#shared/chargers/update-charger.ts';
import { configuredNumber, configuredValue } from '#shared/configuration/configured-value.ts';
import { call } from '#test/support/call.ts';
import { known, params, read, refresh } from '#test/support/configured.ts';
import { testContext } from '#test/support/context.ts';
import { aPeer } from '#test/support/ocpp-peer.ts';
import { settle } from '#test/support/settle.ts';

const entry = (key: string, value?: string, readonly = false) => ({
  key,
  readonly,
  ...(value === undefined ? {} : { value }),
});

describe('a refresh of an OCPP 1.6 charger', () => {
  // Gotcha 37: a request for all has no list of keys; an empty one is not the same to all chargers.
  test('asks for everything without naming a key', async () => {
    const ctx = testContext();
    const charger = await aPeer(ctx);
    const { id } = await refresh(ctx);
    expect(charger.lastAsked()).toMatchObject({ action: 'GetConfiguration' });
    expect(charger.lastAsked().payload).toEqual({});
    await charger.reply(charger.lastAsked(), {
      configurationKey: [entry('HeartbeatInterval', '300'), entry('NumberOfConnectors', '2', true)],
    });
    expect(await read(ctx, id)).toMatchObject({
      status: 'completed',
      result: { outcome: 'read', data: { read: 2, parts: 0, refused: [] } },
    });
    const at = ctx.now().toISOString();
    expect(await known(ctx)).toMatchObject({
      configuration: [
        { name: 'HeartbeatInterval', component: null, value: '300', readonly: false, read_at: at },
        { name: 'NumberOfConnectors', value: '2', readonly: true, source: 'charger' },
      ],
      total: 2,
    });
  });

  test.each([
    ['no list of keys at all', {}],
    ['empty lists', { configurationKey: [], unknownKey: [] }],
  ])('takes an answer with %s', async (_, answer) => {
    const ctx = testContext();
    const charger = await aPeer(ctx);
    const { id } = await refresh(ctx);
    await charger.reply(charger.lastAsked(), answer);
    expect(await read(ctx, id)).toMatchObject({
      status: 'completed',
      result: { data: { read: 0 } },
    });
  });

  test('names as many keys a call as the charger takes, and says which it does not know', async () => {
    const ctx = testContext();
    const charger = await aPeer(ctx);
    await refresh(ctx);
    await charger.reply(charger.lastAsked(), {
      configurationKey: [entry('GetConfigurationMaxKeys', '2', true)],
    });
    const items = ['A', 'B', 'C'].map((name) => ({ name }));
    const { id } = await refresh(ctx, { items });
    expect(charger.lastAsked().payload).toEqual({ key: ['A', 'B'] });
    await charger.reply(charger.lastAsked(), {
      configurationKey: [entry('a', '1')],
      unknownKey: ['B'],
    });
    expect(charger.lastAsked().payload).toEqual({ key: ['C'] });
    await charger.reply(charger.lastAsked(), { unknownKey: ['C'] });
    expect(await read(ctx, id)).toMatchObject({
      status: 'completed',
      result: { data: { read: 1, refused: [{ name: 'B', outcome: 'unknown' }, { name: 'C' }] } },
    });
  });

  test('keeps a thousand keys on sixteen rows, and gives them a page at a time', async () => {
    const ctx = testContext();
    const charger = await aPeer(ctx);
    await refresh(ctx);
    const keys = Array.from({ length: 1000 }, (_, n) => entry(`Key${n}`, `${n}`));
    await charger.reply(charger.lastAsked(), { configurationKey: keys });
    const rows = await ctx.table.query({ pk: 'demo#CFG#CP-1', beginsWith: 'V#' });
    expect(rows.items).toHaveLength(16);
    const names = new Set<unknown>();
    let cursor: unknown;
    do {
      const page = await known(ctx, { limit: 200, ...(cursor ? { cursor } : {}) });
      expect(page['total']).toBe(1000);
      for (const { name } of Names.parse(page['configuration'])) names.add(name);
      cursor = page['next_cursor'];
    } while (cursor);
    expect(names.size).toBe(1000);
  });

  test('takes names that no charger may have, and leaves out what is none', async () => {
    const ctx = testContext();
    const charger = await aPeer(ctx);
    const { id } = await refresh(ctx);
    const odd = ['a#b/c%', '\ud800', '__proto__', 'L'.repeat(60), '', 'ok'];
    const configurationKey = odd.map((name) => entry(name, '1'));
    await charger.reply(charger.lastAsked(), { configurationKey });
    expect(await read(ctx, id)).toMatchObject({ status: 'completed' });
    expect(await known(ctx)).toMatchObject({ total: 5 });
    expect(await configuredValue(ctx, 'CP-1', '__proto__')).toBe('1');
  });

  test('of a charger that was retired meanwhile comes to an end', async () => {
    const ctx = testContext();
    const charger = await aPeer(ctx);
    const { id } = await refresh(ctx);
    await deleteCharger(ctx, 'CP-1');
    const configurationKey = [entry('SupportedFeatureProfiles', 'Core', true)];
    await charger.reply(charger.lastAsked(), { configurationKey });
    await settle(ctx);
    expect(await read(ctx, id)).toMatchObject({ status: 'completed' });
  });

  test('knows keys in any case, and as text', async () => {
    const ctx = testContext();
    const charger = await aPeer(ctx);
    await refresh(ctx);
    const keys = [entry('localauthlistMAXlength', '50'), entry('Odd', ' 7.5 ')];
    await charger.reply(charger.lastAsked(), { configurationKey: keys });
    expect(await configuredValue(ctx, 'CP-1', 'LocalAuthListMaxLength')).toBe('50');
    expect(await configuredNumber(ctx, 'CP-1', 'LocalAuthListMaxLength')).toBe(50);
    expect(await configuredNumber(ctx, 'CP-1', 'odd')).toBeUndefined();
    expect(await configuredValue(ctx, 'CP-1', 'Other')).toBeUndefined();
    expect(await configuredValue(ctx.as({ tenantId: 'other' }), 'CP-1', 'Odd')).toBeUndefined();
  });

  test('neither keeps nor shows a password that the charger tells', async () => {
    const ctx = testContext();
    const charger = await aPeer(ctx);
    const { id } = await refresh(ctx);
    const keys = [entry('AuthorizationKey', 'cafe0123cafe0123'), entry('CpoName', 'Magma')];
    await charger.reply(charger.lastAsked(), { configurationKey: keys });
    await settle(ctx);
    expect(await known(ctx, { name: 'authorization' })).toMatchObject({
      configuration: [{ name: 'AuthorizationKey', value: null, secret: true }],
    });
    const command = await read(ctx, id);
    const steps = await Promise.all(ids(command['steps']).map((step) => read(ctx, step)));
    expect(JSON.stringify([command, steps, await known(ctx)])).not.toContain('cafe0123');
    const rows = await ctx.table.query({ pk: 'demo#CFG#CP-1' });
    expect(JSON.stringify(rows)).not.toContain('cafe0123');
  });

  test('teaches what the charger can do, where the list is one', async () => {
    const ctx = testContext();
    const charger = await aPeer(ctx);
    const tell = async (value: string) => {
      await refresh(ctx);
      const configurationKey = [entry('SupportedFeatureProfiles', value, true)];
      await charger.reply(charger.lastAsked(), { configurationKey });
      return capabilitiesOf(await getCharger(ctx, 'CP-1'));
    };
    expect(await tell('')).toMatchObject({ reservation: true, smart_charging: true });
    expect(await tell('core, Reservation')).toMatchObject({
      reservation: true,
      smart_charging: false,
      local_list: false,
      firmware: false,
      remote_trigger: false,
    });
  });

  test('is refused for components, and for nothing', async () => {
    const ctx = testContext();
    await aPeer(ctx);
    const status = async (body: object) => (await call(ctx, endpoint, { params, body })).status;
    expect(await status({ items: [{ component: 'X', name: 'Y' }] })).toBe(409);
    expect(await status({ items: [{ component: 'X' }] })).toBe(409);
    expect(await status({ what: 'items' })).toBe(422);
    expect(await status({ items: [{}] })).toBe(422);
    expect(await status({ monitors: true, what: 'items' })).toBe(409);
  });

  test('is not made by itself when a charger connects', async () => {
    const ctx = testContext();
    const charger = await aPeer(ctx);
    await settle(ctx);
    expect(charger.asked()).toEqual([]);
    expect(await known(ctx)).toMatchObject({ configuration: [], total: 0, monitors: [] });
  });
});

const Names = z.array(z.object({ name: z.string() }));
const ids = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
