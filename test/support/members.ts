import { scryptSync } from 'node:crypto';
import * as z from 'zod';
import { endpoint as inviteMember } from '#functions/api/organization/invite-member.ts';
import { endpoint as listMembers } from '#functions/api/organization/list-members.ts';
import { endpoint as removeMember } from '#functions/api/organization/remove-member.ts';
import { endpoint as updateMember } from '#functions/api/organization/update-member.ts';
import { endpoint as createSite } from '#functions/api/sites/create-site.ts';
import type { Caller } from '#shared/core/caller.ts';
import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';
import { acceptInvitation } from '#shared/members/accept-invitation.ts';
import { findMember, type Member, memberItem, memberScopes } from '#shared/members/member.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';

export const PASSWORD = 'copper lantern 47 meadow';
const Invited = z.looseObject({ id: z.string(), invitation_url: z.string() });

/** An organization with two sites. */
export async function aPeopleWorld(): Promise<TestContext> {
  const ctx = testContext();
  for (const id of ['BLR-IND', 'DEL-1']) await call(ctx, createSite, { body: { id, name: id } });
  return ctx;
}

export const invite = (ctx: TestContext, body: object) => call(ctx, inviteMember, { body });
export const change = (ctx: TestContext, id: string, body: object, headers = {}) =>
  call(ctx, updateMember, { params: { member_id: id }, body, headers });
export const remove = (ctx: TestContext, id: string, headers = {}) =>
  call(ctx, removeMember, { params: { member_id: id }, headers });
export const list = (ctx: TestContext, query = {}) => call(ctx, listMembers, { query });

/** Whoever opens a page without being signed in anywhere. */
export const nobody = (ctx: TestContext): Context => ({
  ...ctx,
  tenantId: '',
  actor: { kind: 'anonymous' },
});
export const tokenIn = (url: unknown): string =>
  new URL(String(url)).searchParams.get('token') ?? '';

/** Somebody who has joined by the link, as the page has it: their password costs what it costs. */
export async function joined(ctx: TestContext, email: string, access: Access): Promise<Member> {
  const { invitation_url: url } = Invited.parse((await invite(ctx, { email, ...access })).body);
  return acceptInvitation(nobody(ctx), tokenIn(url), { name: 'Asha Rao', password: PASSWORD });
}

/** Somebody who has joined long ago, when a password cost next to nothing. */
export async function aMember(ctx: TestContext, email: string, access: Access): Promise<Member> {
  const { id } = Invited.parse((await invite(ctx, { email, ...access })).body);
  const before = await findMember(ctx, id);
  if (!before) throw new Error(`${email} was not invited`);
  const joined_at = ctx.now().toISOString();
  const member: Member = {
    ...before,
    status: 'active',
    name: 'Asha Rao',
    invitation: null,
    joined_at,
  };
  const secret = { ...keys.memberPassword(ctx.tenantId, id), hash: CHEAP, set_at: joined_at };
  await ctx.table.write([
    { op: 'put', item: memberItem(ctx, member) },
    { op: 'put', item: secret },
  ]);
  return member;
}

interface Access {
  readonly role: string;
  readonly site_ids?: readonly string[];
}

const salt = Buffer.from('sixteen bytes ..');
const hash = scryptSync(PASSWORD, salt, 32, { N: 2, r: 8, p: 1 });
const CHEAP = `scrypt$2$8$1$${salt.toString('base64url')}$${hash.toString('base64url')}`;

/** A member at work, as a token of theirs says. */
export const acting = (member: Member): Caller => ({
  kind: 'member',
  id: member.id,
  scopes: memberScopes(member),
  ...(member.site_ids ? { siteIds: member.site_ids } : {}),
  clientId: 'cli_dashboard',
});
