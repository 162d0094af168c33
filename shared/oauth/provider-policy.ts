import type { Account } from 'oidc-provider';
import { interactionPolicy } from 'oidc-provider';
import * as z from 'zod';
import { isSignedIn } from '#shared/oauth/person.ts';

const { Check, base } = interactionPolicy;

/**
 * When people are asked something: as the library has it; and whoever is signed in as nobody for this client,
 * in another organization perhaps or with the password of before, signs in.
 */
export function policy() {
  const prompts = base();
  prompts
    .get('login')
    ?.checks.add(
      new Check('other_account', 'Nobody is signed in for this app', ({ oidc }) =>
        oidc.session?.accountId !== undefined && !isGood(oidc.account, oidc.session.loginTs)
          ? Check.REQUEST_PROMPT
          : Check.NO_NEED_TO_PROMPT,
      ),
    );
  return prompts;
}

/** A new password ends the sign-ins of before. */
const isGood = (account: Account | undefined, loginTs: number | undefined): boolean =>
  account !== undefined && isSignedIn(SignedIn.parse(account), loginTs);
const SignedIn = z.object({ signedInFrom: z.string().nullable() });
