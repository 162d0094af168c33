import { errors } from 'oidc-provider';
import { findPerson } from '#shared/oauth/find-person.ts';
import { type Asked, forgetSession, goOn, returnAddress } from '#shared/oauth/pages/asked.ts';
import { consentPage } from '#shared/oauth/pages/consent-page.ts';
import { sendPage } from '#shared/oauth/pages/send-page.ts';
import { OPENID } from '#shared/oauth/token-adapter.ts';

/** What was asked for, of what the client may: the library has refused the rest. */
function wantedScopes({ interaction, client }: Asked): string[] {
  const asked = String(interaction.params['scope'] ?? '').split(' ');
  return asked.filter((scope) => OPENID.has(scope) || client.api_scopes.includes(scope));
}

export async function showConsent(asked: Asked): Promise<void> {
  const { client, visit, action, mark, organization } = asked;
  const person = await findPerson(visit.ctx, client, accountOf(asked));
  const page = consentPage({
    ...{ action, mark, organization, app: client.clientName },
    host: placeOf(String(returnAddress(asked))),
    who: person?.email ?? person?.name ?? accountOf(asked),
    scopes: wantedScopes(asked),
  });
  sendPage(visit.request, page, returnAddress(asked));
}

export async function takeConsent(asked: Asked): Promise<void> {
  const { visit, interaction } = asked;
  if (visit.form.get('answer') !== 'allow') return deny(asked);
  const { provider } = visit;
  const before = interaction.grantId ? await provider.Grant.find(interaction.grantId) : undefined;
  const clientId = asked.client.clientId;
  const grant = before ?? new provider.Grant({ accountId: accountOf(asked), clientId });
  const wanted = wantedScopes(asked);
  grant.addOIDCScope(wanted.filter((scope) => OPENID.has(scope)).join(' '));
  grant.addResourceScope(visit.ctx.urls.api, wanted.join(' '));
  await goOn(asked, { consent: { grantId: await grant.save() } });
}

export const deny = (asked: Asked): Promise<void> =>
  goOn(asked, { error: 'access_denied', error_description: 'the person did not let the app in' });

/** Begins the app's request anew, as nobody. */
export async function switchAccount(asked: Asked): Promise<void> {
  const { visit, interaction } = asked;
  await forgetSession(asked);
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(interaction.params))
    if (typeof value === 'string') params.set(name, value);
  visit.request.status = 303;
  visit.request.redirect(`/oauth2/authorize?${params}`);
}

function accountOf({ interaction }: Asked): string {
  const id = interaction.session?.accountId;
  if (id === undefined) throw new errors.SessionNotFound('nobody is signed in');
  return id;
}

/** A site by its host, an app by its scheme: the one thing here that its maker did not just write. */
const placeOf = (uri: string): string => {
  const url = URL.parse(uri);
  return url?.host || (url?.protocol ?? uri);
};
