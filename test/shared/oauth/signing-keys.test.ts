import { describe, test } from 'vitest';
import { rotateSigningKeys } from '#shared/oauth/rotate-signing-keys.ts';
import { addSigningKey, presentKey, privateJwk, signingKeys } from '#shared/oauth/signing-key.ts';
import { claimsOf, signed, whoCalls } from '#test/support/access-tokens.ts';
import { testContext } from '#test/support/context.ts';
import { createClient, service } from '#test/support/oauth-clients.ts';

const DAY = 86_400_000;
const numbers = async (ctx: ReturnType<typeof testContext>) =>
  (await signingKeys(ctx)).map(({ number }) => number);
const present = async (ctx: ReturnType<typeof testContext>) =>
  presentKey(await signingKeys(ctx), ctx.now())?.number;

describe('the signing keys', () => {
  test('are one when many ask at once for the first', async ({ expect }) => {
    const ctx = testContext();
    const found = await Promise.all([1, 2, 3].map(() => signingKeys(ctx)));
    expect(new Set(found.map(([key]) => key?.kid)).size).toBe(1);
  });

  test('lie sealed, so that the table alone signs nothing', async ({ expect }) => {
    const ctx = testContext();
    const [key] = await signingKeys(ctx);
    if (!key) throw new Error('No key');
    const { d } = await privateJwk(ctx, key);
    expect(d).toMatch(/^[\w-]{300,}$/);
    expect(JSON.stringify(await ctx.table.query({ pk: 'OAUTHKEYS' }))).not.toContain(d);
    const other = { ...ctx, cursorKey: async () => 'of another deployment' };
    await expect(privateJwk(other, key)).rejects.toThrow('cannot be opened');
    expect(JSON.stringify(ctx.logs)).not.toContain(d);
  });

  test('are told a week before they sign, and until their last token is over', async ({
    expect,
  }) => {
    const ctx = testContext();
    await rotateSigningKeys(ctx);
    ctx.tick(82 * DAY);
    await rotateSigningKeys(ctx);
    expect([await numbers(ctx), await present(ctx)]).toEqual([[1], 1]);
    ctx.tick(DAY);
    await rotateSigningKeys(ctx);
    await rotateSigningKeys(ctx);
    expect([await numbers(ctx), await present(ctx)]).toEqual([[1, 2], 1]);
    ctx.tick(7 * DAY);
    await rotateSigningKeys(ctx);
    expect([await numbers(ctx), await present(ctx)]).toEqual([[1, 2], 2]);
    ctx.tick(2 * DAY);
    await rotateSigningKeys(ctx);
    expect([await numbers(ctx), await present(ctx)]).toEqual([[2], 2]);
  });

  test('of before verify what they signed after the next one signs', async ({ expect }) => {
    const ctx = testContext();
    const { id } = await createClient(ctx, service);
    await signed(ctx, claimsOf(ctx, id));
    await addSigningKey(ctx, 2, new Date(ctx.now().getTime() + 60_000).toISOString());
    const old = await signed(ctx, claimsOf(ctx, id));
    ctx.tick(61_000);
    const fresh = await signed(ctx, claimsOf(ctx, id));
    const kids = [old, fresh].map((token) => Buffer.from(token.split('.')[0] ?? '', 'base64url'));
    expect(String(kids[0])).not.toBe(String(kids[1]));
    for (const token of [old, fresh])
      expect((await whoCalls(ctx, token)).actor).toMatchObject({ id });
  });

  test('come to work after a long pause, when nobody has rotated them', async ({ expect }) => {
    const ctx = testContext();
    await signingKeys(ctx);
    ctx.tick(400 * DAY);
    expect(await present(ctx)).toBe(1);
    await rotateSigningKeys(ctx);
    expect(await numbers(ctx)).toEqual([1, 2]);
  });
});
