import type { Middleware } from 'koa';
import type Provider from 'oidc-provider';
import type { Context } from '#shared/core/context.ts';
import { scopes } from '#shared/core/scopes.ts';
import { OPENID } from '#shared/oauth/token-adapter.ts';

/** What the library leaves to us: the pages, and the scopes that discovery tells. */
export const pageRoutes =
  (_ctx: Context, _provider: Provider): Middleware =>
  async (request, next) => {
    await next();
    if (request.path.startsWith('/.well-known/') && isRecord(request.body))
      request.body = {
        ...request.body,
        scopes_supported: [...OPENID, ...Object.keys(scopes)],
        service_documentation: 'https://docs.magmapro.in/oauth',
      };
  };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && 'issuer' in value;
