import { describe, expect, it } from 'vitest';
import { acceptInvitation } from '#shared/members/accept-invitation.ts';
import { findPasswordReset, resetPassword } from '#shared/members/reset-password.ts';
import { signInMember } from '#shared/members/sign-in-member.ts';
import { requestPasswordReset } from '#shared/members/start-password-reset.ts';
import type { TestContext } from '#test/support/context.ts';
import { aMember, aPeopleWorld, nobody, PASSWORD, remove, tokenIn } from '#test/support/members.ts';
import { clearOutbox, recordedOutboxes } from '#test/support/outbox.ts';
import { settle } from '#test/support/settle.ts';

const EMAIL = 'asha@example.com';
const NEW = { password: 'seven quiet rivers 12' };
const HOUR = 3_600_000;

async function asked(ctx: TestContext, email = EMAIL): Promise<string> {
  const before = ctx.mail.sent.length;
  await requestPasswordReset(ctx.as({ actor: { kind: 'anonymous' } }), { email });
  await settle(ctx);
  return ctx.mail.sent.length > before ? tokenIn(ctx.mail.linkTo(email)) : '';
}

async function aWorld() {
  const ctx = await aPeopleWorld();
  const member = await aMember(ctx, EMAIL, { role: 'support' });
  await settle(ctx);
  return { ctx, member };
}

describe('a password reset', () => {
  it('sets a new password, once, and ends what was opened with the old one', async () => {
    const { ctx, member } = await aWorld();
    const token = await asked(ctx);
    expect(await findPasswordReset(nobody(ctx), token)).toMatchObject({ email: EMAIL });
    ctx.tick(500);
    const after = await resetPassword(nobody(ctx), token, NEW);
    expect(after).toMatchObject({
      id: member.id,
      sessions_valid_from: '2026-06-01T04:30:01.000Z',
      version: member.version + 1,
    });
    const again = resetPassword(nobody(ctx), token, NEW);
    await expect(again).rejects.toMatchObject({ code: 'gone' });
    expect(await signInMember(ctx, { email: EMAIL, password: PASSWORD })).toBe(undefined);
    expect(await signInMember(ctx, { email: EMAIL, ...NEW })).toMatchObject({ id: member.id });
    await settle(ctx);
    expect(ctx.mail.sent.at(-1)?.subject).toBe('Your password for Demo Charging was changed');
  });

  it('is asked for alike whether or not somebody has the address', async () => {
    const { ctx } = await aWorld();
    const shapeOf = async (email: string) => {
      clearOutbox(ctx);
      await requestPasswordReset(ctx, { email });
      const text = JSON.stringify(recordedOutboxes(ctx));
      expect(text).not.toContain(email);
      return text.replaceAll(/[\da-f]{64}|(task|pwr)_\w+/g, '');
    };
    expect(await shapeOf('nobody@example.com')).toBe(await shapeOf(EMAIL));
  });

  it('writes to nobody who is not a member', async () => {
    const { ctx, member } = await aWorld();
    expect(await asked(ctx, 'nobody@example.com')).toBe('');
    await remove(ctx, member.id);
    expect(await asked(ctx)).toBe('');
  });

  it('is good for an hour', async () => {
    const { ctx } = await aWorld();
    const token = await asked(ctx);
    ctx.tick(HOUR);
    expect(await findPasswordReset(nobody(ctx), token)).toBe(undefined);
    await expect(resetPassword(nobody(ctx), token, NEW)).rejects.toMatchObject({ code: 'gone' });
  });

  it('voids the link of before, and is void for one who was removed', async () => {
    const { ctx, member } = await aWorld();
    const [first, second] = [await asked(ctx), await asked(ctx)];
    expect(await findPasswordReset(nobody(ctx), first)).toBe(undefined);
    expect(await findPasswordReset(nobody(ctx), second)).toBeDefined();
    await remove(ctx, member.id);
    expect(await findPasswordReset(nobody(ctx), second)).toBe(undefined);
  });

  it('leaves the token usable where the password is refused', async () => {
    const { ctx } = await aWorld();
    const token = await asked(ctx);
    const refused = resetPassword(nobody(ctx), token, { password: 'short' });
    await expect(refused).rejects.toMatchObject({ code: 'validation_failed' });
    expect(await findPasswordReset(nobody(ctx), token)).toBeDefined();
  });

  it('is no invitation, and an invitation is none', async () => {
    const { ctx } = await aWorld();
    const accepted = acceptInvitation(nobody(ctx), await asked(ctx), { name: 'A', ...NEW });
    await expect(accepted).rejects.toMatchObject({ code: 'gone' });
  });

  it('fills nobody’s letterbox', async () => {
    const { ctx } = await aWorld();
    const tokens: string[] = [];
    for (let n = 0; n < 6; n++) tokens.push(await asked(ctx));
    // The invitation was the first letter of this hour.
    expect(tokens.filter(Boolean)).toHaveLength(4);
  });
});
