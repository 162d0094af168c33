import { defineEvent } from '#shared/events/event.ts';
import { invitedExample, memberExample } from '#shared/members/member-example.ts';
import { MemberView } from '#shared/members/member-view.ts';

const of = { object: 'member', channels: ['webhook'], data: MemberView } as const;
const masked = { email: 'a•••@e•••.com' };
const member = { ...memberExample, ...masked };

export const MemberInvited = defineEvent({
  ...of,
  name: 'member.invited',
  when: 'Invitation sent, or sent again',
  example: { ...invitedExample, ...masked },
});
export const MemberJoined = defineEvent({
  ...of,
  name: 'member.joined',
  when: 'Invitation accepted',
  example: member,
});
export const MemberUpdated = defineEvent({
  ...of,
  name: 'member.updated',
  when: 'Role, sites, name or password changed',
  example: { ...member, role: 'support', resource_version: 3 },
});
export const MemberRemoved = defineEvent({
  ...of,
  name: 'member.removed',
  when: 'Access removed',
  example: {
    ...member,
    status: 'removed',
    removed_at: '2026-05-29T08:00:00.000Z',
    resource_version: 3,
  },
});
