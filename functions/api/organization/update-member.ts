import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { memberExample } from '#shared/members/member-example.ts';
import { MemberView, memberView } from '#shared/members/member-view.ts';
import { MemberPatch } from '#shared/members/new-member.ts';
import { updateMember } from '#shared/members/update-member.ts';

export const endpoint = defineEndpoint({
  id: 'updateMember',
  route: 'PATCH /v1/members/{member_id}',
  summary: "Change a member's role, sites or name",
  description: `
JSON Merge Patch (RFC 7396): what is left out stays; \`site_ids\` is replaced as a whole, and null opens all
sites. It counts at once, for the tokens they have too: within the minute for which the edge of the API remembers
a token. Live sockets they have open are closed, to be opened again with what they may see now.

You can neither give more than you have nor change somebody who may more than you: **403 insufficient_scope**,
**403 site_restricted**. The last owner stays one, and who was removed is invited anew: **409 conflict**.`,
  scope: 'admin:write',
  params: z.object({ member_id: z.string().meta({ example: memberExample.id }) }),
  body: MemberPatch,
  status: 200,
  response: MemberView,
  errors: ['not_found', 'validation_failed', 'site_restricted', 'conflict', 'etag_mismatch'],
  examples: {
    role: {
      summary: 'Another role, at all sites',
      params: { member_id: memberExample.id },
      body: { role: 'support', site_ids: null },
      response: { ...memberExample, role: 'support', site_ids: null, resource_version: 3 },
    },
  },
  async handle({ params, body, ifMatch }, ctx) {
    return memberView(ctx, await updateMember(ctx, params.member_id, body, ifMatch));
  },
});

export const handler = serve(endpoint);
