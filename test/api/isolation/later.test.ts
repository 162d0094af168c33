import { expect, test } from 'vitest';
import { type TestContext, testContext } from '#test/support/context.ts';
import { anOnlineCharger, type FakeCharger, keyOfSites } from '#test/support/fake-charger.ts';
import { anImage } from '#test/support/firmware.ts';
import { ask, make } from '#test/support/isolation/place.ts';
import { loopbackServer } from '#test/support/loopback-server.ts';
import { settle } from '#test/support/settle.ts';

/** Two sites of one organization and one of another, each with a charger; all three labelled alike. */
async function threeChargers() {
  const ctx = testContext({ tenantId: 'near' });
  const far = ctx.as({ tenantId: 'far' });
  const chargerAt = async (where: TestContext, mark: string) => {
    const site_id = await make(where, 'createSite', { id: `${mark}-SITE`, name: mark });
    return anOnlineCharger(where, `${mark}-CP`, { site_id, labels: ['fast'] });
  };
  const home = await chargerAt(ctx, 'HOME');
  const annex = await chargerAt(ctx, 'ANNEX');
  const abroad = await chargerAt(far, 'ABROAD');
  await settle(ctx);
  return { ctx, far, home, annex, abroad, restricted: ctx.as(keyOfSites('ANNEX-SITE')) };
}

const actionsOf = (charger: FakeCharger) => charger.calls().map(({ action }) => action);
const commandsOf = async (ctx: TestContext, { id }: FakeCharger) =>
  (await ask(ctx, 'listCommands', { query: { charger_id: id } }))['commands'];
const reset = { type: 'reset', input: { type: 'soft' } };
const items = [{ name: 'HeartbeatInterval', value: '60' }];

/** What makes many chargers do something, by who asks and for which. */
const ways: [string, (ctx: TestContext, which: object) => Promise<string>][] = [
  ['a batch', (ctx, which) => make(ctx, 'createCommandBatch', { ...reset, ...which })],
  [
    'a template',
    async (ctx, which) => {
      const site_id = ctx.actor.kind === 'api_key' ? (ctx.actor.siteIds?.[0] ?? null) : null;
      const body = { name: 'Quick', match: { site_id, label: 'fast' }, items };
      const template_id = await make(ctx, 'createConfigurationTemplate', body);
      return make(ctx, 'applyConfigurationTemplate', which, { template_id });
    },
  ],
];

test.each(ways)('%s reaches no charger of another organization', async (_, begin) => {
  const { ctx, far, home, annex, abroad } = await threeChargers();
  await begin(ctx, { charger_ids: [abroad.id, home.id] });
  await settle(ctx);
  expect(actionsOf(abroad)).toEqual([]);
  expect(await commandsOf(far, abroad)).toEqual([]);
  expect(actionsOf(home)).toHaveLength(1);
  expect(actionsOf(annex)).toEqual([]);
});

test.each(ways)('%s reaches no charger beyond the sites of who asked', async (_, begin) => {
  const { ctx, home, annex, restricted } = await threeChargers();
  await begin(restricted, { charger_ids: [home.id, annex.id] });
  await begin(restricted, { filter: { label: 'fast' } });
  await settle(ctx);
  expect(actionsOf(home)).toEqual([]);
  expect(actionsOf(annex).length).toBeGreaterThan(0);
});

test.each(ways)(
  '%s ends for a stranger’s charger as for one that is not there',
  async (_, begin) => {
    const ended = async (name: string, who: 'ctx' | 'restricted') => {
      const world = await threeChargers();
      const { ctx, [who]: asker } = world;
      const batch_id = await begin(asker, { charger_ids: [name] });
      await settle(ctx);
      const batch = await ask(asker, 'listCommands', { query: { batch_id } });
      const events = await ask(asker, 'listEvents', {
        query: { types: 'command.*,command_batch.*' },
      });
      expect(batch).toMatchObject({ batch: { status: 'completed', by_status: { running: 0 } } });
      return JSON.stringify([batch, events, ctx.sent.ocpp.length]).replaceAll(name, 'IT');
    };
    expect(await ended('HOME-CP', 'restricted')).toBe(await ended('NONE-CP', 'restricted'));
    expect(await ended('ABROAD-CP', 'restricted')).toBe(await ended('NOWHER-CP', 'restricted'));
    expect(await ended('ABROAD-CP', 'ctx')).toBe(await ended('NOWHER-CP', 'ctx'));
  },
);

test('a campaign updates no charger beyond the sites of who began it', async () => {
  const { ctx, home, annex, abroad, restricted } = await threeChargers();
  const firmware_image_id = await anImage(ctx);
  await make(restricted, 'createFirmwareCampaign', {
    name: 'All that are fast',
    firmware_image_id,
    targets: { label: 'fast' },
    only_when_idle: false,
  });
  await settle(ctx);
  expect([actionsOf(home), actionsOf(abroad)]).toEqual([[], []]);
  expect(actionsOf(annex)).toEqual(['UpdateFirmware']);
});

test('what is done at all sites is seen from one in part', async () => {
  const { ctx, annex, restricted } = await threeChargers();
  const batch_id = await make(ctx, 'createCommandBatch', { ...reset, filter: {} });
  const campaign_id = await make(ctx, 'createFirmwareCampaign', {
    name: 'All of them',
    firmware_image_id: await anImage(ctx),
    targets: {},
    only_when_idle: false,
  });
  await settle(ctx);
  const query = { charger_id: annex.id };
  const commands = await ask(restricted, 'listCommands', { query });
  expect(commands).toMatchObject({
    commands: [{ type: 'update_firmware' }, { type: 'reset', batch_id }],
  });
  const updates = await ask(restricted, 'listFirmwareUpdates', { query: { campaign_id } });
  expect(updates).toMatchObject({ firmware_updates: [{ charger_id: annex.id }] });
  const events = await ask(restricted, 'listEvents', { query: { limit: 200 } });
  expect(JSON.stringify([commands, updates, events])).not.toContain('HOME');
  const whole = ask(restricted, 'listCommands', { query: { batch_id } });
  await expect(whole).rejects.toThrow('not_found');
  const params = { campaign_id };
  await expect(ask(restricted, 'getFirmwareCampaign', { params })).rejects.toThrow('not_found');
});

test('a sample for a restricted webhook endpoint is of its sites, whoever asks for it', async () => {
  const { ctx, restricted } = await threeChargers();
  await using server = await loopbackServer();
  const { url } = server;
  const id = await make(restricted, 'createWebhookEndpoint', {
    url,
    event_types: ['site.created'],
  });
  const params = { webhook_endpoint_id: id };
  await ask(ctx, 'createSite', { body: { id: 'LAST-SITE', name: 'The newest of all' } });
  await settle(ctx);
  await ask(ctx, 'testWebhookEndpoint', { params, body: { event_type: 'site.created' } });
  expect(server.received.map(({ body }) => JSON.parse(body))).toMatchObject([
    { type: 'site.created', scope: { site_id: 'ANNEX-SITE' } },
  ]);
});
