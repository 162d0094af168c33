import { describe, expect, it } from 'vitest';
import { endpoint as createFirmwareImage } from '#functions/api/firmware/create-firmware-image.ts';
import { endpoint as listFirmwareImages } from '#functions/api/firmware/list-firmware-images.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';

const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const image = { name: 'MX 4.3.0', version: '4.3.0', size_bytes: 3, sha256 };
const create = (ctx: TestContext, body: object = image) => call(ctx, createFirmwareImage, { body });
const list = async (ctx: TestContext, query: object = {}) =>
  (await call(ctx, listFirmwareImages, { query: { ...query } })).body;
const idsOf = async (ctx: TestContext, query: object = {}) => {
  const { firmware_images: images } = await list(ctx, query);
  return Array.isArray(images) ? images.map(({ id }) => id) : [];
};

describe('createFirmwareImage', () => {
  it('answers how to upload exactly that file', async () => {
    const ctx = testContext();
    const { status, body, headers } = await create(ctx);
    expect(status).toBe(201);
    expect(headers['Location']).toBe(`/v1/firmware-images?ids=${body['id']}`);
    expect(body).toMatchObject({
      status: 'pending',
      models: [],
      upload: { method: 'PUT', url: `https://files.magma.test/firmware/demo/${body['id']}` },
    });
    expect(ctx.files.accepted).toEqual([
      { path: `firmware/demo/${body['id']}`, bytes: { size: 3, sha256 } },
    ]);
  });

  it.each([
    ['a hash that is none', { sha256: 'abc' }, 'sha256'],
    ['more than 512 MB', { size_bytes: 512 * 1024 * 1024 + 1 }, 'size_bytes'],
    ['a signature without its certificate', { signature: 'MEUC' }, 'signing_certificate'],
    ['a file name with a path', { file_name: '../etc/passwd' }, 'file_name'],
  ])('refuses %s', async (_what, wrong, field) => {
    const { status, body } = await create(testContext(), { ...image, ...wrong });
    expect(status).toBe(422);
    expect(body['errors']).toMatchObject([{ field }]);
  });
});

describe('listFirmwareImages', () => {
  it('tells that an image is ready once its very file is there', async () => {
    const ctx = testContext();
    const { body } = await create(ctx);
    const path = `firmware/demo/${body['id']}`;
    const statusNow = async () => (await list(ctx))['firmware_images'];
    expect(await statusNow()).toMatchObject([{ status: 'pending' }]);
    ctx.files.store(path, { size: 3, sha256: '0'.repeat(64) });
    expect(await statusNow()).toMatchObject([{ status: 'pending' }]);
    ctx.files.store(path, { size: 3, sha256 });
    expect(await statusNow()).toMatchObject([{ status: 'ready', resource_version: 2 }]);
    expect(await idsOf(ctx, { status: 'ready' })).toEqual([body['id']]);
    expect(await idsOf(ctx, { status: 'pending' })).toEqual([]);
  });

  it('finds what suits a model or a vendor: what names it, and what names none', async () => {
    const ctx = testContext();
    const made = [];
    for (const more of [{ models: ['A'] }, { models: ['B'] }, {}, { vendor_name: 'Other' }])
      made.push((await create(ctx, { ...image, ...more })).body['id']);
    expect(await idsOf(ctx, { model: 'A' })).toEqual([made[3], made[2], made[0]]);
    expect(await idsOf(ctx, { vendor_name: 'Magma' })).toEqual([made[2], made[1], made[0]]);
    expect(await idsOf(ctx, { ids: `${made[1]},fwi_unknown` })).toEqual([made[1]]);
    const first = await list(ctx, { limit: 3 });
    expect(first).toMatchObject({ total: 4 });
    expect(await idsOf(ctx, { limit: 3, cursor: first['next_cursor'] })).toEqual([made[0]]);
  });

  it('shows nobody the images of another organization', async () => {
    const ctx = testContext();
    await create(ctx);
    expect(await idsOf(ctx.as({ tenantId: 'other' }))).toEqual([]);
  });
});
