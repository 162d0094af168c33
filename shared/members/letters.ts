import type { Context } from '#shared/core/context.ts';
import type { Letter } from '#shared/core/mail.ts';
import type { Role } from '#shared/members/roles.ts';

/** Where people open their links; the pages are shared/oauth's. */
export const invitationUrl = ({ urls }: Pick<Context, 'urls'>, token: string): string =>
  `${urls.api}/oauth2/invitation?token=${token}`;
export const passwordResetUrl = (api: string, token: string): string =>
  `${api}/oauth2/password-reset?token=${token}`;

interface Said {
  readonly to: string;
  /** The organization's name. */
  readonly organization: string;
}

/** Says nothing that whoever invites has written, but for the organization's name. */
export const invitationLetter = (
  { to, organization }: Said,
  { role, url }: { readonly role: Role; readonly url: string },
): Letter => ({
  to,
  subject: `Your invitation to ${organization}`,
  text: `Hello,

${organization} invites you to its charging network on Magma ChargeSpot, as ${AS[role]}.

Choose your password here:
${url}

The link works once, for seven days. If you do not know ${organization}, ignore this letter.`,
});

const AS: Readonly<Record<Role, string>> = {
  owner: 'an owner',
  admin: 'an administrator',
  operator: 'an operator',
  support: 'a member of support',
  finance: 'a member of finance',
  vendor: 'a vendor',
  read_only: 'a reader',
};

export const passwordResetLetter = (
  { to, organization }: Said,
  { url }: { readonly url: string },
): Letter => ({
  to,
  subject: `A new password for ${organization}`,
  text: `Hello,

somebody, hopefully you, wants to set a new password for ${organization} on Magma ChargeSpot:
${url}

The link works once, for one hour. If it was not you, ignore this letter: your password stays.`,
});

export const passwordChangedLetter = ({ to, organization }: Said): Letter => ({
  to,
  subject: `Your password for ${organization} was changed`,
  text: `Hello,

your password for ${organization} on Magma ChargeSpot was changed, and you were signed out everywhere.

If it was not you, ask for a new password on the sign-in page at once, and tell an owner of ${organization}.`,
});
