import * as z from 'zod';
import { EmailAddress } from '#shared/core/email-address.ts';
import { Role } from '#shared/members/roles.ts';

const SiteIds = z.array(z.string().min(1).max(48)).min(1).max(100).nullable().optional();
export const MemberName = z.string().trim().min(1).max(100);

/** A restriction with a typing error would be none: nothing is left over. */
export const NewMember = z
  .strictObject({
    email: EmailAddress,
    name: MemberName.optional().meta({ description: 'They may change it.', example: 'Asha Rao' }),
    role: Role,
    site_ids: SiteIds.meta({
      description: 'Restrict them to these sites; null for all. Left out, your own.',
      example: ['BLR-IND'],
    }),
  })
  .meta({ id: 'NewMember' });
export type NewMember = z.output<typeof NewMember>;

export const MemberPatch = z
  .strictObject({
    name: MemberName.optional(),
    role: Role.optional(),
    site_ids: SiteIds.meta({ description: 'The sites they are restricted to; null for all.' }),
  })
  .meta({ id: 'MemberPatch' });
export type MemberPatch = z.output<typeof MemberPatch>;
