import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';
import { readAll } from '#shared/db/read-all.ts';
import { Token } from '#shared/tokens/token.ts';

/** All tokens of the organization, those registered first at the head. */
export async function allTokens(ctx: Context): Promise<Token[]> {
  const rows = await readAll(ctx, { index: 'gsi1', pk: keys.tokens(ctx.tenantId).gsi1pk });
  return rows.map((row) => Token.parse(row));
}
