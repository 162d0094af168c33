import { describe, expect, it } from 'vitest';
import { foundOwner, inviteFirstOwner } from '#shared/members/found-owner.ts';
import { allMembers } from '#shared/members/member.ts';
import { signInMember } from '#shared/members/sign-in-member.ts';
import { testContext } from '#test/support/context.ts';
import { remove } from '#test/support/members.ts';
import { settle } from '#test/support/settle.ts';

const owner = { email: 'owner@example.com', name: 'Olga', password: 'nine simulated chargers' };
const asSetup = () => testContext({ actor: { kind: 'system' } });

describe('the first owner', () => {
  it('of a sandbox can sign in at once, and is made once', async () => {
    const ctx = asSetup();
    await foundOwner(ctx, owner);
    await foundOwner(ctx, owner);
    expect(await allMembers(ctx)).toHaveLength(1);
    expect(await signInMember(ctx, owner)).toMatchObject({ role: 'owner', status: 'active' });
  });

  it('of a deployment is written to, once, however often it is deployed', async () => {
    const ctx = asSetup();
    for (let n = 0; n < 2; n++) await inviteFirstOwner(ctx, owner.email);
    await settle(ctx);
    expect(ctx.mail.sent.map(({ to }) => to)).toEqual([owner.email]);
    expect(await allMembers(ctx)).toMatchObject([{ role: 'owner', invited_by: null }]);
  });

  it('does not come back when somebody has withdrawn the invitation', async () => {
    const ctx = asSetup();
    await inviteFirstOwner(ctx, owner.email);
    const [{ id = '' } = {}] = await allMembers(ctx);
    expect(
      (await remove(ctx.as({ actor: { kind: 'api_key', id: 'k', scopes: ['*'] } }), id)).status,
    ).toBe(200);
    await inviteFirstOwner(ctx, owner.email);
    expect(await allMembers(ctx)).toMatchObject([{ status: 'removed' }]);
  });
});
