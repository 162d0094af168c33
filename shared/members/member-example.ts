import type { MemberView } from '#shared/members/member-view.ts';

/** A member as the documents show one. */
export const memberExample: MemberView = {
  id: 'mem_01JWA3M7Q4V0T9E6C2X8N5B1RD',
  email: 'asha@example.com',
  name: 'Asha Rao',
  role: 'operator',
  site_ids: ['BLR-IND'],
  status: 'active',
  invited_by: 'mem_01JWA0C2X8N5B1RDM7Q4V0T9E6',
  invitation_expires_at: null,
  joined_at: '2026-05-27T15:02:11.000Z',
  removed_at: null,
  last_sign_in_at: '2026-05-28T09:00:12.000Z',
  livemode: true,
  created_at: '2026-05-27T14:10:00.000Z',
  updated_at: '2026-05-27T15:02:11.000Z',
  resource_version: 2,
};

/** Before they have accepted. */
export const invitedExample: MemberView = {
  ...memberExample,
  name: null,
  status: 'invited',
  invitation_expires_at: '2026-06-03T14:10:00.000Z',
  joined_at: null,
  last_sign_in_at: null,
  updated_at: '2026-05-27T14:10:00.000Z',
  resource_version: 1,
};
