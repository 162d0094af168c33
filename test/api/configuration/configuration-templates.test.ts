import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { endpoint as listCommands } from '#functions/api/commands/list-commands.ts';
import { endpoint as apply } from '#functions/api/configuration/apply-configuration-template.ts';
import { endpoint as create } from '#functions/api/configuration/create-configuration-template.ts';
import { endpoint as list } from '#functions/api/configuration/list-configuration-templates.ts';
import { endpoint as update } from '#functions/api/configuration/update-charger-configuration.ts';
import { createSite } from '#shared/sites/manage-sites.ts';
import { NewSite } from '#shared/sites/site.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { keyOfSites } from '#test/support/fake-charger.ts';
import { aPeer } from '#test/support/ocpp-peer.ts';
import { settle } from '#test/support/settle.ts';

const both = [
  { name: 'HeartbeatInterval', value: '300' },
  { component: 'OCPPCommCtrlr', name: 'HeartbeatInterval', value: '300' },
];
const template = (more: object = {}) => ({
  name: 'Heartbeats',
  match: { vendor_name: 'Magma' },
  items: both,
  ...more,
});
const make = (ctx: TestContext, more: object = {}) => call(ctx, create, { body: template(more) });
const applied = (ctx: TestContext, template_id: unknown, body: object = {}) =>
  call(ctx, apply, { params: { template_id }, body });
const drift = async (ctx: TestContext) =>
  (await call(ctx, list, { query: { expand: 'drift' } })).body;

const heartbeat = { component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' } };

/** A charger of each version; both are Magma's, of different models. */
async function twoVersions() {
  const ctx = testContext();
  const old = await aPeer(ctx, { id: 'OLD' });
  const modern = await aPeer(ctx, { id: 'NEW', version: 'ocpp2.0.1' });
  return { ctx, old, modern };
}

describe('createConfigurationTemplate', () => {
  test('makes a new version of one of the same name, and keeps the old', async () => {
    const { ctx, old } = await twoVersions();
    const first = await make(ctx);
    expect(first).toMatchObject({ status: 201, body: { version: 1, match: { model: null } } });
    const items = [{ name: 'HeartbeatInterval', value: '60' }];
    const second = await make(ctx, { name: ' heartBEATS ', items });
    expect(second.body).toMatchObject({ id: first.body['id'], version: 2, items });
    expect((await call(ctx, list)).body).toMatchObject({
      configuration_templates: [{ version: 2 }],
      total: 1,
      next_cursor: null,
    });
    const body = { version: 1, charger_ids: ['OLD'] };
    expect((await applied(ctx, first.body['id'], body)).status).toBe(202);
    await settle(ctx);
    expect(old.lastAsked().payload).toMatchObject({ value: '300' });
    expect((await applied(ctx, first.body['id'], { ...body, version: 9 })).status).toBe(404);
  });

  test('refuses passwords, and the same setting twice', async () => {
    const ctx = testContext();
    for (const items of [
      [{ name: 'AuthorizationKey', value: 'x' }],
      [...both, { name: 'heartbeatinterval', value: '1' }],
    ])
      expect((await make(ctx, { items })).status).toBe(422);
  });

  test('leaves to a credential of a site only what is for that site', async () => {
    const ctx = testContext();
    for (const id of ['S-1', 'S-2']) await createSite(ctx, NewSite.parse({ id, name: id }));
    const mine = ctx.as(keyOfSites('S-1'));
    expect((await make(mine)).status).toBe(403);
    expect((await make(mine, { match: { site_id: 'S-2' } })).status).toBe(403);
    expect((await make(mine, { name: 'Mine', match: { site_id: 'S-1' } })).status).toBe(201);
    await make(ctx, { name: 'All' });
    await make(ctx, { name: 'Other', match: { site_id: 'S-2' } });
    expect((await make(mine, { name: 'All', match: { site_id: 'S-1' } })).status).toBe(403);
    const Names = z.array(z.object({ name: z.string() }));
    const names = async (who: TestContext) =>
      Names.parse((await call(who, list)).body['configuration_templates']).map(({ name }) => name);
    expect(await names(mine)).toEqual(['All', 'Mine']);
    expect(await names(ctx)).toEqual(['All', 'Mine', 'Other']);
    expect(await names(ctx.as({ tenantId: 'other' }))).toEqual([]);
  });
});

describe('a template', () => {
  test('is applied to those it is for, each in the names of its version', async () => {
    const { ctx, old, modern } = await twoVersions();
    const { body } = await make(ctx);
    const batch = await applied(ctx, body['id']);
    expect(batch).toMatchObject({ status: 202, body: { total: 2 } });
    await settle(ctx);
    expect(old.asked()).toMatchObject([
      { action: 'ChangeConfiguration', payload: { key: 'HeartbeatInterval', value: '300' } },
    ]);
    expect(modern.lastAsked().payload).toEqual({
      setVariableData: [{ ...heartbeat, attributeValue: '300' }],
    });
    await old.reply(old.lastAsked());
    await modern.reply(modern.lastAsked(), {
      setVariableResult: [{ ...heartbeat, attributeStatus: 'Accepted' }],
    });
    await settle(ctx);
    expect(await drift(ctx)).toMatchObject({
      configuration_templates: [{ drift: { checked: 2, more: false, chargers: [] } }],
    });
  });

  test('says of a charger that it has nothing for its version', async () => {
    const { ctx, modern } = await twoVersions();
    const items = [{ name: 'HeartbeatInterval', value: '300' }];
    const { body } = await make(ctx, { items });
    const batch = await applied(ctx, body['id'], { charger_ids: ['NEW'] });
    await settle(ctx);
    const query = { batch_id: batch.body['id'] };
    expect((await call(ctx, listCommands, { query })).body).toMatchObject({
      commands: [
        {
          type: 'update_configuration',
          status: 'rejected',
          result: { reason: 'The template has nothing for OCPP 2.0.1.' },
        },
      ],
      batch: { status: 'completed', type: 'apply_configuration_template' },
    });
    expect(modern.asked()).toEqual([]);
  });

  test('that is for nobody by itself is applied by name alone', async () => {
    const { ctx } = await twoVersions();
    const { body } = await make(ctx, { match: {} });
    expect((await applied(ctx, body['id'])).status).toBe(422);
    expect((await applied(ctx, body['id'], { charger_ids: ['OLD'] })).status).toBe(202);
    expect((await applied(ctx.as({ tenantId: 'other' }), body['id'])).status).toBe(404);
  });
});

describe('drift', () => {
  test('names the chargers that differ, or of which nothing is known', async () => {
    const { ctx, old } = await twoVersions();
    await make(ctx, {
      match: { model: 'MX-EV-22' },
      items: [...both, { name: 'A', value: 'TRUE' }],
    });
    const set = async (...values: [string, string][]) => {
      const items = values.map(([name, value]) => ({ name, value }));
      await call(ctx, update, { params: { charger_id: 'OLD' }, body: { items } });
      for (const _ of items) await old.reply(old.lastAsked());
    };
    const now = async () => (await drift(ctx))['configuration_templates'];
    expect(await now()).toMatchObject([
      {
        drift: {
          checked: 1,
          chargers: [
            {
              charger_id: 'OLD',
              differences: [
                { name: 'HeartbeatInterval', component: null, wanted: '300', known: null },
                { name: 'A', known: null },
              ],
            },
          ],
        },
      },
    ]);
    await set(['HeartbeatInterval', '300.0'], ['A', 'false']);
    expect(await now()).toMatchObject([
      { drift: { chargers: [{ differences: [{ name: 'A', wanted: 'TRUE', known: 'false' }] }] } },
    ]);
    await set(['A', 'true']);
    expect(await now()).toMatchObject([{ drift: { chargers: [] } }]);
  });

  test('is told ten templates a page', async () => {
    const ctx = testContext();
    for (let n = 10; n < 22; n += 1) await make(ctx, { name: `T${n}` });
    const first = await drift(ctx);
    expect(first['configuration_templates']).toHaveLength(10);
    const query = { expand: 'drift', cursor: first['next_cursor'] };
    expect((await call(ctx, list, { query })).body).toMatchObject({
      configuration_templates: [{ name: 'T20' }, { name: 'T21' }],
      total: 12,
      next_cursor: null,
    });
  });
});
