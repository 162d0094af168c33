import { createHmac, timingSafeEqual } from 'node:crypto';
import type Provider from 'oidc-provider';
import { errors } from 'oidc-provider';
import type { Context } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';

/** The library is a Koa application; its types are had by way of it. */
export type Middleware = Parameters<Provider['use']>[0];
type PageRequest = Parameters<Middleware>[0];

/** Somebody's browser at one of our pages. */
export interface Visit {
  readonly ctx: Context;
  readonly provider: Provider;
  readonly request: PageRequest;
  /** What a form sent; empty where a page is only looked at. */
  readonly form: URLSearchParams;
}

const MOST_BYTES = 16 * 1024;

/** The fields of a form. Throws where it is too large, or none. */
export async function readForm({ req, method }: PageRequest): Promise<URLSearchParams> {
  if (method !== 'POST') return new URLSearchParams();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MOST_BYTES) throw new errors.InvalidRequest('the form is too large');
    chunks.push(bytes);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

/**
 * A form counts when it was sent from a page of ours, to this very person: no other site can have it sent for
 * him. Browsers say whence it comes; the mark, which nobody else can make, proves it where they do not.
 */
export async function checkForm(visit: Visit, about: string): Promise<void> {
  const { request, form, ctx } = visit;
  const from = request.get('sec-fetch-site');
  const origin = request.get('origin');
  const isOurs =
    (from === '' || from === 'same-origin') && (origin === '' || origin === ctx.urls.api);
  const mark = Buffer.from(await markOf(ctx, about));
  const sent = Buffer.from(form.get('mark') ?? '');
  if (!isOurs || sent.length !== mark.length || !timingSafeEqual(sent, mark))
    throw new errors.InvalidRequest('the form did not come from this page');
}

/** What a form about this carries. */
export const markOf = async (ctx: Context, about: string): Promise<string> =>
  createHmac('sha256', await ctx.cursorKey())
    .update(`oauth-form\n${about}`)
    .digest('base64url');

/** What a refused field is told; undefined for what is no refusal of a field. */
export function refusalOf(error: unknown): string | undefined {
  if (!(error instanceof AppError) || error.code === 'internal_error') return undefined;
  return error.errors[0]?.message ?? error.message;
}
