import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';
import { Token } from '#shared/tokens/token.ts';

/** All tokens of the organization, those registered first at the head. */
export async function allTokens(ctx: Context): Promise<Token[]> {
  const tokens: Token[] = [];
  let cursor: string | undefined;
  do {
    const page = await ctx.table.query({
      index: 'gsi1',
      pk: keys.tokens(ctx.tenantId).gsi1pk,
      ...(cursor ? { cursor } : {}),
    });
    for (const item of page.items) tokens.push(Token.parse(item));
    cursor = page.cursor;
  } while (cursor);
  return tokens;
}
