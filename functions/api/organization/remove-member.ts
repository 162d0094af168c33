import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { memberExample } from '#shared/members/member-example.ts';
import { MemberView, memberView } from '#shared/members/member-view.ts';
import { removeMember } from '#shared/members/remove-member.ts';

export const endpoint = defineEndpoint({
  id: 'removeMember',
  route: 'DELETE /v1/members/{member_id}',
  summary: 'Remove a member, or withdraw an invitation',
  description: `
Their tokens, sign-ins, live sockets, password and invitation are over: within the minute for which the edge of
the API remembers a token. Removing again is no error. Their address may be invited anew, as somebody new. API keys they made are the
organization's and stay: revoke those they know.

You cannot remove somebody who may more than you: **403 insufficient_scope**, **403 site_restricted**. The last
owner stays: **409 conflict**.`,
  scope: 'admin:write',
  params: z.object({ member_id: z.string().meta({ example: memberExample.id }) }),
  status: 200,
  response: MemberView,
  errors: ['not_found', 'site_restricted', 'conflict', 'etag_mismatch'],
  examples: {
    left: {
      summary: 'They have left',
      params: { member_id: memberExample.id },
      response: {
        ...memberExample,
        status: 'removed',
        removed_at: '2026-05-29T08:00:00.000Z',
        updated_at: '2026-05-29T08:00:00.000Z',
        resource_version: 3,
      },
    },
  },
  async handle({ params, ifMatch }, ctx) {
    return memberView(ctx, await removeMember(ctx, params.member_id, ifMatch));
  },
});

export const handler = serve(endpoint);
