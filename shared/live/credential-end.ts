import { isCaller } from '#shared/core/caller.ts';
import type { Context } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { endOf } from '#shared/organizations/api-key.ts';
import { getApiKey } from '#shared/organizations/organization-keys.ts';

/**
 * When the caller's credential ends by itself; null for never, as far as is known now. What is revoked later
 * closes its sockets by itself, and so does the end of a person's or a client's right.
 */
export async function credentialEnd(ctx: Context): Promise<string | null> {
  const { actor } = ctx;
  if (!isCaller(actor) || actor.kind !== 'api_key') return null;
  try {
    const { key } = await getApiKey({ ...ctx, actor: { kind: 'system' } }, actor.id);
    return endOf(key);
  } catch (error) {
    // A key of the first releases that is not listed yet: those have no end.
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  }
}
