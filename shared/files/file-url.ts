import { createHmac } from 'node:crypto';
import type { Context } from '#shared/core/context.ts';

/** What is kept: images for chargers to fetch, and what chargers upload. */
export type FileArea = 'firmware' | 'diagnostics';

/** What a URL allows whoever has it. */
export interface FileGrant {
  readonly area: FileArea;
  readonly id: string;
  readonly method: 'get' | 'put';
  /** What the file is called at the end of the URL; it changes nothing. */
  readonly name: string;
  readonly expiresAt: string;
  /** The public base URL, where it is not this request's. */
  readonly base?: string | undefined;
}

/** Where a file lies in the store. The organization is part of it, so an id reaches no other's file. */
export const filePath = ({ tenantId }: Pick<Context, 'tenantId'>, area: FileArea, id: string) =>
  `${area}/${tenantId}/${id}`;

/**
 * A URL by which a charger fetches or uploads a file, at the platform's own host. Short, for OCPP
 * allows 512 characters; good until `expiresAt`, whoever signed it. The edge checks it
 * (lib/edge/open-file-path.js). What follows the id is not signed: chargers append names.
 */
export async function fileUrl(ctx: Context, grant: FileGrant): Promise<string> {
  const { area, id, method, name, base = ctx.urls.api } = grant;
  const expires = Math.floor(Date.parse(grant.expiresAt) / 1000);
  const signed = `${method}\n${expires}\n${filePath(ctx, area, id)}`;
  const mac = createHmac('sha256', await ctx.filesKey())
    .update(signed)
    .digest('base64url');
  const file = encodeURIComponent(name.replaceAll('/', '_'));
  return `${base}/files/${area}/${method}.${expires}.${mac}/${ctx.tenantId}/${id}/${file}`;
}
