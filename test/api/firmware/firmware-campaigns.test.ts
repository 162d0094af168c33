import { describe, expect, it } from 'vitest';
import { endpoint as createFirmwareCampaign } from '#functions/api/firmware/create-firmware-campaign.ts';
import { endpoint as getFirmwareCampaign } from '#functions/api/firmware/get-firmware-campaign.ts';
import { endpoint as listFirmwareCampaigns } from '#functions/api/firmware/list-firmware-campaigns.ts';
import { endpoint as listFirmwareUpdates } from '#functions/api/firmware/list-firmware-updates.ts';
import { endpoint as updateFirmwareCampaign } from '#functions/api/firmware/update-firmware-campaign.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { keyOfSites } from '#test/support/fake-charger.ts';
import { anImage } from '#test/support/firmware.ts';
import { aFleet, chargerAt, playUpdates } from '#test/support/update-fleet.ts';

async function made(ctx: TestContext, more: object = {}) {
  const firmware_image_id = await anImage(ctx);
  const body = { name: 'Rollout', firmware_image_id, targets: {}, ...more };
  return call(ctx, createFirmwareCampaign, { body });
}
const read = (ctx: TestContext, campaign_id: unknown) =>
  call(ctx, getFirmwareCampaign, { params: { campaign_id } });
const patch = (ctx: TestContext, campaign_id: unknown, body: object, headers = {}) =>
  call(ctx, updateFirmwareCampaign, { params: { campaign_id }, body, headers });
const all = async (ctx: TestContext, query: object = {}) =>
  (await call(ctx, listFirmwareCampaigns, { query: { ...query } })).body;

describe('a campaign over REST', () => {
  it('is made, followed and told in its updates', async () => {
    const ctx = testContext();
    await aFleet(ctx, 3);
    const { status, body, headers } = await made(ctx);
    expect(status).toBe(201);
    expect(headers['Location']).toBe(`/v1/firmware-campaigns/${body['id']}`);
    expect(body).toMatchObject({ status: 'scheduled', version: '4.3.0', progress: { total: 0 } });
    await playUpdates(ctx);
    const { body: done } = await read(ctx, body['id']);
    expect(done).toMatchObject({ status: 'completed', progress: { installed: 3 } });
    const query = { campaign_id: body['id'], limit: 2 };
    const page = await call(ctx, listFirmwareUpdates, { query });
    expect(page.body['firmware_updates']).toMatchObject(
      [0, 1].map((n) => ({
        charger_id: chargerAt(n),
        status: 'installed',
        campaign_id: body['id'],
      })),
    );
    const rest = { ...query, cursor: page.body['next_cursor'] };
    expect((await call(ctx, listFirmwareUpdates, { query: rest })).body).toMatchObject({
      firmware_updates: [{ charger_id: chargerAt(2) }],
    });
    expect(await all(ctx, { status: 'completed' })).toMatchObject({ total: 1 });
    expect(await all(ctx, { status: 'running' })).toMatchObject({ total: 0 });
  });

  it('has a version that rises with its progress, so that nobody keeps an old one', async () => {
    const ctx = testContext();
    await aFleet(ctx, 2);
    const { body } = await made(ctx);
    await playUpdates(ctx, () => 'silent');
    const before = await read(ctx, body['id']);
    const etag = before.headers['ETag'] ?? '';
    const stale = await patch(ctx, body['id'], { status: 'paused' }, { 'if-match': '"1"' });
    expect(stale.status).toBe(412);
    const paused = await patch(ctx, body['id'], { status: 'paused' }, { 'if-match': etag });
    expect(paused).toMatchObject({ status: 200, body: { status: 'paused' } });
    expect(paused.headers['ETag']).not.toBe(etag);
  });

  it('changes its rules and nothing else, and no more once it has ended', async () => {
    const ctx = testContext();
    const { body } = await made(ctx, { start_at: '2026-06-02T00:00:00Z' });
    const window = { from: '22:00', to: '06:00', weekdays: ['sat', 'sun'] };
    const changed = await patch(ctx, body['id'], { window, max_concurrent: 3, auto_pause: null });
    expect(changed.body).toMatchObject({ window, max_concurrent: 3, auto_pause: null });
    expect((await patch(ctx, body['id'], { window: null })).body).toMatchObject({ window: null });
    expect((await patch(ctx, body['id'], { status: 'canceled' })).status).toBe(200);
    expect((await patch(ctx, body['id'], { status: 'running' })).body['code']).toBe('conflict');
  });

  it.each([
    ['a charger that is not there', { targets: { charger_ids: ['X'] } }, 'targets.charger_ids.0'],
    ['a charger named twice', { targets: { charger_ids: ['X', 'X'] } }, 'targets.charger_ids'],
    ['a site that is not there', { targets: { site_id: 'X' } }, 'site_id'],
    ['a wave of nothing', { waves: [{}] }, 'waves.0.percent'],
    ['a window that never opens', { window: { from: '01:00', to: '01:00' } }, 'window.to'],
  ])('refuses %s', async (_what, more, field) => {
    const reply = await made(testContext(), more);
    expect(reply.status).toBe(422);
    expect(reply.body['errors']).toMatchObject([{ field }]);
  });
});

describe('a key that is restricted to sites', () => {
  it('updates chargers there and no others, and sees its own campaigns alone', async () => {
    const ctx = testContext();
    await aFleet(ctx, 4, (n) => ({ site_id: n % 2 === 0 ? 'A' : 'B' }));
    const ofA = ctx.as(keyOfSites('A'));
    const { body } = await made(ofA);
    const { body: whole } = await made(ctx, { start_at: '2026-06-02T00:00:00Z' });
    expect(await playUpdates(ctx)).toEqual([0, 2].map(chargerAt));
    expect(await all(ofA)).toMatchObject({ firmware_campaigns: [{ id: body['id'] }], total: 1 });
    expect((await read(ofA, whole['id'])).status).toBe(404);
    expect((await patch(ofA, whole['id'], { status: 'paused' })).status).toBe(404);
    expect((await read(ctx.as(keyOfSites('B')), body['id'])).status).toBe(404);
    expect((await read(ctx.as({ tenantId: 'other' }), body['id'])).status).toBe(404);
    const named = await made(ofA, { targets: { charger_ids: [chargerAt(1)] } });
    expect(named.status).toBe(422);
  });
});
