import { describe, expect, it } from 'vitest';
import { endpoint as listFirmwareUpdates } from '#functions/api/firmware/list-firmware-updates.ts';
import { endpoint as updateChargerFirmware } from '#functions/api/firmware/update-charger-firmware.ts';
import { createFirmwareImage, NewFirmwareImage } from '#shared/firmware/firmware-image.ts';
import { answering } from '#test/support/answering.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { aCharger, anOnlineCharger, keyOfSites } from '#test/support/fake-charger.ts';
import { anImage } from '#test/support/firmware.ts';
import { settle } from '#test/support/settle.ts';

const params = { charger_id: 'BLR-014' };
const update = (ctx: TestContext, body: object, more: object = {}) =>
  call(ctx, updateChargerFirmware, { params, body, ...more });
const list = async (ctx: TestContext, query: object = {}) =>
  (await call(ctx, listFirmwareUpdates, { query: { ...query } })).body['firmware_updates'];

describe('updateChargerFirmware', () => {
  it('answers 202 with the command, and names the update it begins', async () => {
    const ctx = testContext();
    await anOnlineCharger(ctx);
    const firmware_image_id = await anImage(ctx);
    const { status, body, headers } = await update(ctx, { firmware_image_id });
    expect(status).toBe(202);
    expect(headers['Location']).toBe(`/v1/commands/${body['id']}`);
    expect(body).toMatchObject({ type: 'update_firmware', status: 'sent' });
    expect(await list(ctx)).toMatchObject([
      { id: body['firmware_update_id'], command_id: body['id'], status: 'scheduled' },
    ]);
  });

  it('answers with the command as it stands where the caller waits: agreed is not the end', async () => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    const firmware_image_id = await anImage(ctx);
    const reply = await call(answering(ctx, charger, {}), updateChargerFirmware, {
      params,
      body: { firmware_image_id },
      headers: { prefer: 'wait=0' },
    });
    expect(reply).toMatchObject({ status: 202, body: { status: 'accepted' } });
  });

  it('is repeated with the same key without a second update', async () => {
    const ctx = testContext();
    await anOnlineCharger(ctx);
    const body = { firmware_image_id: await anImage(ctx) };
    const headers = { 'idempotency-key': 'k1' };
    const first = await update(ctx, body, { headers });
    const again = await update(ctx, body, { headers });
    expect(again.body).toEqual(first.body);
    expect(await list(ctx)).toHaveLength(1);
  });

  it('waits for a charger that is offline, for as long as it is told', async () => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    await charger.disconnect();
    const firmware_image_id = await anImage(ctx);
    const { body } = await update(ctx, { firmware_image_id, expires_in_seconds: 60 });
    expect(body['status']).toBe('queued');
    ctx.tick(61_000);
    await settle(ctx);
    expect(await list(ctx)).toMatchObject([
      { status: 'canceled', failure: { stage: 'request', reason: 'expired' } },
    ]);
  });

  it.each([
    ['neither image nor URL', {}, 'firmware_image_id'],
    ['both', { firmware_image_id: 'fwi_1', url: 'ftp://x.example/a' }, 'firmware_image_id'],
    ['an image that is not there', { firmware_image_id: 'fwi_1' }, 'firmware_image_id'],
    ['a URL of no kind it knows', { url: 'file:///etc/passwd' }, 'url'],
    [
      'a time that is over',
      { url: 'ftp://x.example/a', start_at: '2020-01-01T00:00:00Z' },
      'start_at',
    ],
    [
      'a time too far off',
      { url: 'ftp://x.example/a', start_at: '2026-07-01T00:00:00Z' },
      'start_at',
    ],
  ])('refuses %s', async (_what, body, field) => {
    const ctx = testContext();
    await anOnlineCharger(ctx);
    const reply = await update(ctx, body);
    expect(reply.status).toBe(422);
    expect(reply.body['errors']).toMatchObject([{ field }]);
  });

  it('refuses an image that is for others, and one whose file is not there', async () => {
    const ctx = testContext();
    await anOnlineCharger(ctx);
    const other = await anImage(ctx, { models: ['MX-DC-120'] });
    const wrong = await update(ctx, { firmware_image_id: other });
    expect(wrong).toMatchObject({ status: 422, body: { errors: [{ code: 'other_model' }] } });
    const { id } = await createFirmwareImage(
      ctx,
      NewFirmwareImage.parse({ name: 'x', version: '1', size_bytes: 1, sha256: '0'.repeat(64) }),
    );
    const early = await update(ctx, { firmware_image_id: id });
    expect(early).toMatchObject({ status: 409, body: { code: 'conflict' } });
  });

  it('refuses a charger that has never connected, and one of somebody else', async () => {
    const ctx = testContext();
    await aCharger(ctx, 'BLR-014', { site_id: undefined });
    const body = { url: 'ftp://x.example/a' };
    expect((await update(ctx, body)).body['code']).toBe('charger_not_registered');
    expect((await update(ctx.as({ tenantId: 'other' }), body)).status).toBe(404);
    expect((await update(ctx.as(keyOfSites('BLR-IND')), body)).status).toBe(404);
  });
});

describe('listFirmwareUpdates', () => {
  it('gives those of one charger, of one state, by id, and to nobody else', async () => {
    const ctx = testContext();
    await anOnlineCharger(ctx);
    await anOnlineCharger(ctx, 'BLR-015');
    const body = { url: 'ftp://x.example/a' };
    const { body: first } = await update(ctx, body);
    const { body: second } = await call(ctx, updateChargerFirmware, {
      params: { charger_id: 'BLR-015' },
      body,
    });
    const ids = async (query: object, as = ctx) => {
      const updates = await list(as, query);
      return Array.isArray(updates) ? updates.map(({ id }) => id) : [];
    };
    const [one, two] = [first['firmware_update_id'], second['firmware_update_id']];
    expect(await ids({})).toEqual([two, one]);
    expect(await ids({ charger_id: 'BLR-014' })).toEqual([one]);
    expect(await ids({ ids: `${two},${one},fwu_no` })).toEqual([two, one]);
    expect(await ids({ status: 'installed' })).toEqual([]);
    expect(await ids({ status: 'scheduled,installed' })).toEqual([two, one]);
    expect(await ids({ charger_id: 'BLR-014', ids: String(two) })).toEqual([]);
    expect(await ids({}, ctx.as({ tenantId: 'other' }))).toEqual([]);
    expect(await ids({}, ctx.as(keyOfSites('BLR-IND')))).toEqual([]);
    expect(await ids({ charger_id: 'BLR-014' }, ctx.as(keyOfSites('BLR-IND')))).toEqual([]);
  });
});
