import { createHmac } from 'node:crypto';
import { Provider } from 'oidc-provider';
import type { Context } from '#shared/core/context.ts';
import { pageRoutes } from '#shared/oauth/pages/routes.ts';
import { clientAdapter, provesItself } from '#shared/oauth/provider-client.ts';
import { configurationOf } from '#shared/oauth/provider-configuration.ts';
import { presentKey, privateJwk, type SigningKey, signingKeys } from '#shared/oauth/signing-key.ts';
import { TableAdapter } from '#shared/oauth/table-adapter.ts';
import { TokenAdapter } from '#shared/oauth/token-adapter.ts';

const FRESH_MS = 300_000;
const MOST_HOSTS = 20;

interface Made {
  readonly provider: Provider;
  /** Which keys it has, the one that signs first. */
  readonly kids: string;
  readonly checkedAt: number;
}

/**
 * The authorization servers of a deployment: one for each of its hosts, for a token names its issuer, and is
 * good there alone. Each is made at its first request, and anew when the keys have changed.
 */
export class Providers {
  readonly #made = new Map<string, Made>();

  async at(ctx: Context): Promise<Provider> {
    const issuer = ctx.urls.api;
    const now = ctx.now().getTime();
    const before = this.#made.get(issuer);
    if (before && Math.abs(now - before.checkedAt) < FRESH_MS) return before.provider;
    const all = await signingKeys(ctx);
    const inOrder = signingFirst(all, ctx.now());
    const kids = inOrder.map(({ kid }) => kid).join();
    const provider = before?.kids === kids ? before.provider : await make(ctx, inOrder);
    if (this.#made.size >= MOST_HOSTS) this.#made.clear();
    this.#made.set(issuer, { provider, kids, checkedAt: now });
    return provider;
  }
}

/** The library signs with the first key that fits. */
function signingFirst(all: readonly SigningKey[], now: Date): SigningKey[] {
  const present = presentKey(all, now);
  return present ? [present, ...all.filter((key) => key !== present)] : [...all];
}

async function make(ctx: Context, keys: readonly SigningKey[]): Promise<Provider> {
  const issuer = ctx.urls.api;
  const world = { table: ctx.table, now: () => ctx.now(), issuer };
  const adapter = (model: string) => {
    if (model === 'Client') return clientAdapter(world);
    if (model === 'AccessToken' || model === 'ClientCredentials')
      return new TokenAdapter(world, model);
    return new TableAdapter(world, model);
  };
  const cookieKey = createHmac('sha256', await ctx.cursorKey()).update('oauth-cookies');
  const provider = new Provider(issuer, {
    ...configurationOf(ctx),
    adapter,
    jwks: { keys: await Promise.all(keys.map((key) => privateJwk(ctx, key))) },
    cookies: cookies(issuer.startsWith('https:'), cookieKey.digest('base64url')),
  });
  provider.proxy = true;
  Object.defineProperty(provider.Client.prototype, 'compareClientSecret', {
    value(this: object, secret: string) {
      return provesItself(this, secret, ctx.now());
    },
  });
  provider.on('server_error', (_, error) =>
    ctx.log.error('The authorization server failed', { error }),
  );
  provider.use(pageRoutes(provider));
  return provider;
}

/** `__Host-` would want the path `/`, which those of an interaction do not have. */
const cookies = (secure: boolean, key: string) => {
  const options = { httpOnly: true, sameSite: 'lax', signed: true, secure } as const;
  return {
    keys: [key],
    names: { session: 'magma_session', interaction: 'magma_ask', resume: 'magma_resume' },
    long: { ...options, path: '/oauth2' },
    short: options,
  };
};
