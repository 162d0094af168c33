import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { answerList, commaList, listOf, pageQuery } from '#shared/http/list.ts';
import { listMembers } from '#shared/members/list-members.ts';
import { MemberStatus } from '#shared/members/member.ts';
import { memberExample } from '#shared/members/member-example.ts';
import { MemberView, memberView } from '#shared/members/member-view.ts';
import { Role } from '#shared/members/roles.ts';

export const endpoint = defineEndpoint({
  id: 'listMembers',
  route: 'GET /v1/members',
  summary: 'List the people of your organization',
  description: `
Newest first: who they are, what they may do and where, whether they have accepted, and when they last signed
in. Those who were removed are listed for 90 days more. A credential restricted to sites sees the members who
reach no others.`,
  scope: 'admin:read',
  query: z.object({
    status: MemberStatus.optional(),
    role: Role.optional(),
    ids: commaList(z.string().max(64)).optional().meta({
      description: 'Only these, separated by commas.',
      example: memberExample.id,
    }),
    ...pageQuery,
  }),
  status: 200,
  response: listOf('members', MemberView).meta({ id: 'MemberList' }),
  examples: {
    all: {
      summary: 'Everybody',
      query: {},
      response: { members: [memberExample], total: 1, next_cursor: null },
    },
    owners: { summary: 'Owners who have joined', query: { role: 'owner', status: 'active' } },
  },
  handle: ({ query }, ctx) =>
    answerList(ctx, { list: 'members', plural: 'members', query }, async (page) => {
      const { items, ...rest } = await listMembers(ctx, query, page);
      return { items: items.map((member) => memberView(ctx, member)), ...rest };
    }),
});

export const handler = serve(endpoint);
