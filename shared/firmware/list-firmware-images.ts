import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';
import { FirmwareImage, refreshImage } from '#shared/firmware/firmware-image.ts';

export interface ImageFilter {
  readonly ids?: readonly string[] | undefined;
  readonly model?: string | undefined;
  readonly vendor_name?: string | undefined;
  readonly version?: string | undefined;
  readonly status?: FirmwareImage['status'] | undefined;
}

const PAGE = 200;

/** Images, newest first; the cursor is the last id of the page before. Whether a file has come is looked up. */
export async function listFirmwareImages(
  ctx: Context,
  filter: ImageFilter,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: FirmwareImage[]; total: number; cursor?: string }> {
  const known = (await allImages(ctx)).filter((image) => matches(image, filter));
  const images = await Promise.all(known.map((image) => refreshImage(ctx, image)));
  const found = images.filter(({ status }) => !filter.status || status === filter.status);
  const rest = found.filter(({ id }) => !cursor || id < cursor);
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  const more = rest.length > limit && last;
  return { items, total: found.length, ...(more ? { cursor: last.id } : {}) };
}

/** There are as many as models and releases: hundreds at most. */
async function allImages(ctx: Context): Promise<FirmwareImage[]> {
  const images: FirmwareImage[] = [];
  let cursor: string | undefined;
  do {
    const page = await ctx.table.query({
      index: 'gsi1',
      pk: keys.firmwareImages(ctx.tenantId).gsi1pk,
      newestFirst: true,
      limit: PAGE,
      ...(cursor ? { cursor } : {}),
    });
    images.push(...page.items.map((item) => FirmwareImage.parse(item)));
    cursor = page.cursor;
  } while (cursor);
  return images;
}

const matches = (
  { id, models, vendor_name, version }: FirmwareImage,
  filter: ImageFilter,
): boolean =>
  (!filter.ids || filter.ids.includes(id)) &&
  (!filter.model || models.length === 0 || models.includes(filter.model)) &&
  (!filter.vendor_name || vendor_name === null || vendor_name === filter.vendor_name) &&
  (!filter.version || version === filter.version);
