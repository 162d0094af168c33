import { describe, expect, it } from 'vitest';
import { emailHash } from '#shared/core/email-address.ts';
import { keys } from '#shared/db/keys.ts';
import { hashPassword } from '#shared/members/password.ts';
import { signInMember } from '#shared/members/sign-in-member.ts';
import type { TestContext } from '#test/support/context.ts';
import {
  aMember,
  aPeopleWorld,
  invite,
  joined,
  list,
  PASSWORD,
  remove,
} from '#test/support/members.ts';
import { watchedTable } from '#test/support/watched-table.ts';

const EMAIL = 'asha@example.com';
const signIn = (ctx: TestContext, password = PASSWORD, email = EMAIL) =>
  signInMember(ctx.as({ actor: { kind: 'anonymous' } }), { email, password });

describe('signInMember', () => {
  it('knows a member by address, in any case, and password', async () => {
    const ctx = await aPeopleWorld();
    const { id } = await aMember(ctx, EMAIL, { role: 'support' });
    ctx.tick(60_000);
    expect(await signIn(ctx, PASSWORD, ' Asha@Example.com')).toMatchObject({ id });
    const { text } = await list(ctx);
    expect(text).toContain('"last_sign_in_at":"2026-06-01T04:31:00.000Z"');
  });

  it('takes letters that are composed otherwise for the same', async () => {
    const ctx = await aPeopleWorld();
    const { id } = await aMember(ctx, EMAIL, { role: 'support' });
    const row = keys.memberPassword(ctx.tenantId, id);
    const set = { hash: await hashPassword(ctx, 'gru\u0308ne laterne 47') };
    await ctx.table.write([{ op: 'update', key: row, set }]);
    expect(await signIn(ctx, 'gr\u00fcne laterne 47')).toMatchObject({ id });
  });

  it('knows nobody by a wrong password, nor in another organization', async () => {
    const ctx = await aPeopleWorld();
    await aMember(ctx, EMAIL, { role: 'support' });
    expect(await signIn(ctx, `${PASSWORD}!`)).toBe(undefined);
    expect(await signIn(ctx.as({ tenantId: 'other' }))).toBe(undefined);
  });

  it('knows nobody who was removed, or has not joined', async () => {
    const ctx = await aPeopleWorld();
    const { id } = await aMember(ctx, EMAIL, { role: 'support' });
    await remove(ctx, id);
    expect(await signIn(ctx)).toBe(undefined);
    await invite(ctx, { email: EMAIL, role: 'support' });
    expect(await signIn(ctx)).toBe(undefined);
  });

  it('does the same work for an address that nobody has', { timeout: 30_000 }, async () => {
    const ctx = await aPeopleWorld();
    await joined(ctx, EMAIL, { role: 'support' });
    const work = async (email: string) => {
      const { table, calls } = watchedTable(ctx.table);
      const since = process.cpuUsage();
      const as = { ...ctx, table };
      expect(await signInMember(as, { email, password: 'a wrong password' })).toBe(undefined);
      return { calls: calls.map(({ method }) => method), cpu: process.cpuUsage(since).user };
    };
    const [known, unknown] = [await work(EMAIL), await work('nobody@example.com')];
    expect(unknown.calls).toEqual(known.calls);
    // A hash costs a tenth of a second; without one it would be a thousandth.
    expect(unknown.cpu).toBeGreaterThan(known.cpu / 5);
  });

  it('takes ten attempts in a quarter of an hour for any address, right or wrong', async () => {
    const ctx = await aPeopleWorld();
    await aMember(ctx, EMAIL, { role: 'support' });
    for (const email of [EMAIL, 'nobody@example.com']) {
      const row = keys.signInAttempts('demo', emailHash(email), ctx.now().getTime() / 900_000);
      await ctx.table.write([{ op: 'put', item: { ...row, n: 9 } }]);
      expect(await signIn(ctx, 'a wrong password', email)).toBe(undefined);
      const late = signIn(ctx, PASSWORD, email);
      await expect(late).rejects.toMatchObject({ code: 'rate_limited', retryAfter: 900 });
    }
    ctx.tick(900_000);
    expect(await signIn(ctx)).toBeDefined();
  });

  it('forgives the attempts before a right one', async () => {
    const ctx = await aPeopleWorld();
    await aMember(ctx, EMAIL, { role: 'support' });
    const row = keys.signInAttempts('demo', emailHash(EMAIL), ctx.now().getTime() / 900_000);
    await ctx.table.write([{ op: 'put', item: { ...row, n: 9 } }]);
    await signIn(ctx);
    expect(await ctx.table.get(row)).toBe(undefined);
  });
});
