import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint, withStatus } from '#shared/http/endpoint.ts';
import { inviteMember } from '#shared/members/invite-member.ts';
import { invitedExample } from '#shared/members/member-example.ts';
import { MemberView, memberView } from '#shared/members/member-view.ts';
import { NewMember } from '#shared/members/new-member.ts';

const invitation_url = `https://api.example.com/oauth2/invitation?token=${'x'.repeat(43)}`;

export const endpoint = defineEndpoint({
  id: 'inviteMember',
  route: 'POST /v1/members',
  summary: 'Invite somebody, or invite them again',
  description: `
Sends a letter with a link, good for seven days and for once, by which they choose a name and a password. **The
link is shown in this answer too, and never again**: hand it on yourself where the deployment sends no letters
(\`emailed\` is false then).

What each role may do: \`docs/members.md\`. You cannot give more than you have: **403 insufficient_scope** for a
role that may more than your credential, **403 site_restricted** for sites it does not reach. An owner reaches
all sites; a vendor needs \`site_ids\`.

Inviting the address of somebody who has not joined yet sends a new link and voids the old one; role, sites and
name become those of this request, and the answer is 200. **409 conflict**: somebody with this address has
joined (change them with \`PATCH\`), or there are 500 members. An address gets five letters an hour: **429
rate_limited**.`,
  scope: 'admin:write',
  body: NewMember,
  status: 201,
  alsoStatus: [200],
  response: MemberView.extend({
    invitation_url: z.string().meta({ description: 'Shown once.', example: invitation_url }),
    emailed: z.boolean().meta({ description: 'Whether a letter with the link is on its way.' }),
  }).meta({ id: 'InvitedMember' }),
  errors: ['validation_failed', 'site_restricted', 'conflict'],
  location: ({ id }) => `/v1/members?ids=${id}`,
  examples: {
    operator: {
      summary: 'Somebody who runs one site',
      body: { email: invitedExample.email, role: 'operator', site_ids: ['BLR-IND'] },
      response: { ...invitedExample, invitation_url, emailed: true },
    },
    owner: { summary: 'Another owner', body: { email: 'ravi@example.com', role: 'owner' } },
  },
  recall: 'secret',
  async handle({ body }, ctx) {
    const { member, url, emailed, isNew } = await inviteMember(ctx, body);
    const answer = { ...memberView(ctx, member), invitation_url: url, emailed };
    return isNew ? answer : withStatus(200, answer);
  },
});

export const handler = serve(endpoint);
