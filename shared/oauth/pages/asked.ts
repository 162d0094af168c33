import type Provider from 'oidc-provider';
import { errors } from 'oidc-provider';
import type { Context } from '#shared/core/context.ts';
import { withinClient } from '#shared/oauth/find-person.ts';
import type { SignIn } from '#shared/oauth/pages/sign-in-pages.ts';
import { markOf, type Visit } from '#shared/oauth/pages/visit.ts';
import { ourClient, type ProviderClient } from '#shared/oauth/provider-client.ts';
import { getOrganization } from '#shared/organizations/organization.ts';

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

/** What an app has sent somebody to us for. */
export interface Asked {
  readonly visit: Visit;
  readonly interaction: Interaction;
  readonly client: ProviderClient;
  /** In the organization whose app it is. */
  readonly own: Context;
  readonly organization: string;
  readonly action: string;
  readonly mark: string;
}

/** What this browser was sent for; a link that was copied from another's says nothing here. */
export async function whatIsAsked(visit: Visit, uid: string): Promise<Asked> {
  const { provider, request, ctx } = visit;
  const interaction = await provider.interactionDetails(request.req, request.res);
  if (interaction.uid !== uid) throw new errors.SessionNotFound('another page was opened since');
  const found = await provider.Client.find(String(interaction.params['client_id']));
  if (!found) throw new errors.InvalidClient('the app is no longer there');
  const client = ourClient(found);
  const own = withinClient(ctx, client);
  const { name: organization } = await getOrganization(own);
  const action = `/oauth2/interaction/${uid}`;
  return {
    ...{ visit, interaction, client, own, organization, action },
    mark: await markOf(ctx, uid),
  };
}

/** What the pages of a sign-in show. */
export const signInOf = (asked: Asked, email?: string, problem?: string): SignIn => ({
  action: asked.action,
  mark: asked.mark,
  app: asked.client.clientName,
  organization: asked.organization,
  email: email ?? String(asked.interaction.params['login_hint'] ?? '').slice(0, 254),
  problem,
});

/** Where a form of this may lead in the end. */
export const returnAddress = ({ interaction }: Asked): unknown =>
  interaction.params['redirect_uri'];

/** Goes on with the app's request, with what came out here. */
export async function goOn(
  { visit: { provider, request } }: Asked,
  result: Parameters<Provider['interactionResult']>[2],
): Promise<void> {
  const next = await provider.interactionResult(request.req, request.res, result, {
    mergeWithLastSubmission: 'consent' in result,
  });
  request.status = 303;
  request.redirect(next);
}

/** Whoever signs in as somebody else has no session any more, and no page with a script has to end it. */
export async function forgetSession({ visit, interaction }: Asked): Promise<void> {
  const { provider, request } = visit;
  const koa = provider.createContext(request.req, request.res);
  const session = await provider.Session.get(Object.assign(koa, {}));
  await session.destroy();
  Reflect.deleteProperty(interaction, 'session');
  await interaction.save(interaction.exp - Math.floor(visit.ctx.now().getTime() / 1000));
}
