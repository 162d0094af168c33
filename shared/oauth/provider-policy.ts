import { interactionPolicy } from 'oidc-provider';

const { Check, base } = interactionPolicy;

/**
 * When people are asked something: as the library has it, and who is signed in as nobody for this client, of
 * another organization perhaps, signs in as somebody who is.
 */
export function policy() {
  const prompts = base();
  prompts
    .get('login')
    ?.checks.add(
      new Check('other_account', 'Nobody is signed in for this app', ({ oidc }) =>
        oidc.session?.accountId !== undefined && oidc.account === undefined
          ? Check.REQUEST_PROMPT
          : Check.NO_NEED_TO_PROMPT,
      ),
    );
  return prompts;
}
