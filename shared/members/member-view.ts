import * as z from 'zod';
import { scopesOf } from '#shared/core/caller.ts';
import type { Context } from '#shared/core/context.ts';
import { maskEmail } from '#shared/core/email-address.ts';
import { hasScope } from '#shared/core/scopes.ts';
import { type Member, MemberStatus } from '#shared/members/member.ts';
import { Role } from '#shared/members/roles.ts';

/** A member as the API shows one. */
export const MemberView = z
  .object({
    id: z.string().meta({ example: 'mem_01JWA3M7Q4V0T9E6C2X8N5B1RD' }),
    email: z.string().meta({
      description: 'Masked (`a•••@e•••.com`) in events, and for credentials without `admin:read`.',
      example: 'asha@example.com',
    }),
    name: z.string().nullable().meta({ description: 'Null until they have said it.' }),
    role: Role,
    site_ids: z.array(z.string()).nullable().meta({
      description: 'The sites they are restricted to; null for all.',
    }),
    status: MemberStatus,
    invited_by: z.string().nullable().meta({
      description: 'The credential or member that invited them; null for the deployment itself.',
    }),
    invitation_expires_at: z.iso.datetime().nullable().meta({
      description: 'Until when the link that is out can be used; null where none is.',
    }),
    joined_at: z.iso.datetime().nullable(),
    removed_at: z.iso.datetime().nullable(),
    last_sign_in_at: z.iso.datetime().nullable(),
    livemode: z.boolean(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    resource_version: z.int(),
  })
  .meta({ id: 'Member', description: 'A person of your organization.' });
export type MemberView = z.infer<typeof MemberView>;

/** As the caller may see them. */
export const memberView = (ctx: Context, member: Member): MemberView =>
  hasScope(scopesOf(ctx), 'admin:read') ? wholeView(ctx, member) : maskedView(ctx, member);

/** As everybody may: what events show, whoever reads them. */
export const maskedView = (ctx: Pick<Context, 'livemode'>, member: Member): MemberView => ({
  ...wholeView(ctx, member),
  email: maskEmail(member.email),
});

function wholeView({ livemode }: Pick<Context, 'livemode'>, member: Member): MemberView {
  const { version, invitation, ...rest } = member;
  return MemberView.parse({
    ...rest,
    livemode,
    invitation_expires_at: invitation?.expires_at ?? null,
    resource_version: version,
  });
}
