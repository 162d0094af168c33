import type { Context } from '#shared/core/context.ts';
import { mintApiKey } from '#shared/organizations/mint-api-key.ts';

/** Where the first key's secret is kept for its owner. */
export interface Safe {
  read(): Promise<string | undefined>;
  store(secret: string): Promise<void>;
}

/**
 * Puts a first API key into the safe, once. A key that lies there and is valid stays; a safe that
 * holds none gets a new one, also where an earlier try made a key and failed to store it.
 */
export async function keepFirstApiKey(ctx: Context, safe: Safe): Promise<void> {
  const kept = await safe.read();
  if (kept) return;
  const { secret } = await mintApiKey(ctx, { name: 'First key', scopes: ['*'] });
  await safe.store(secret);
}
