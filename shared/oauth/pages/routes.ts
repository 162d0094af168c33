import type Provider from 'oidc-provider';
import { errors } from 'oidc-provider';
import type { Context } from '#shared/core/context.ts';
import { scopes } from '#shared/core/scopes.ts';
import { type Asked, whatIsAsked } from '#shared/oauth/pages/asked.ts';
import { deny, showConsent, switchAccount, takeConsent } from '#shared/oauth/pages/consent.ts';
import { sendCode, showDriverSignIn, takeCode } from '#shared/oauth/pages/driver-sign-in.ts';
import { errorPage } from '#shared/oauth/pages/end-pages.ts';
import { invitation, passwordReset } from '#shared/oauth/pages/letters.ts';
import type { Page } from '#shared/oauth/pages/page.ts';
import { sendPage } from '#shared/oauth/pages/send-page.ts';
import {
  showForgot,
  showMemberSignIn,
  takeForgot,
  takePassword,
} from '#shared/oauth/pages/sign-in.ts';
import {
  checkForm,
  type Middleware,
  readForm,
  refusalOf,
  type Visit,
} from '#shared/oauth/pages/visit.ts';
import { contextOfRequest } from '#shared/oauth/request-context.ts';
import { OPENID } from '#shared/oauth/token-adapter.ts';

/** What the library leaves to us: the pages, and the scopes that discovery tells. */
export const pageRoutes =
  (provider: Provider): Middleware =>
  async (request, next) => {
    const page = pageOf(request.path);
    if (!page) {
      await next();
      if (request.path.startsWith('/.well-known/') && isMetadata(request.body))
        request.body = { ...request.body, ...METADATA };
      return;
    }
    const ctx = contextOfRequest(request.req);
    try {
      await page({ ctx, provider, request, form: await readForm(request) });
    } catch (error) {
      answerFailure(ctx, request, error);
    }
  };

const METADATA = {
  scopes_supported: [...OPENID, ...Object.keys(scopes)],
  service_documentation: 'https://docs.magmapro.in/oauth',
};
const isMetadata = (body: unknown): body is Record<string, unknown> =>
  body !== null && typeof body === 'object' && 'issuer' in body;

type Serve = (visit: Visit) => Promise<void>;

function pageOf(path: string): Serve | undefined {
  if (path === '/oauth2/invitation') return invitation;
  if (path === '/oauth2/password-reset') return passwordReset;
  const [, uid, what = ''] =
    /^\/oauth2\/interaction\/([\w-]{20,64})(?:\/([a-z]+))?$/.exec(path) ?? [];
  return uid === undefined ? undefined : (visit) => interact(visit, uid, what);
}

type Step = (asked: Asked) => void | Promise<void>;

/** What a page of a sign-in shows, and what its form does, by what comes after the interaction's id. */
const shown: Readonly<Record<string, Step>> = {
  '': (asked) => (isConsent(asked) ? showConsent(asked) : wayIn(asked).show(asked)),
  forgot: showForgot,
};
const taken: Readonly<Record<string, Step>> = {
  '': (asked) => wayIn(asked).take(asked),
  code: takeCode,
  forgot: takeForgot,
  consent: takeConsent,
  switch: switchAccount,
  cancel: deny,
};
/** How people prove who they are: members by a password, drivers by a code. */
const wayIn = ({ client }: Asked): { readonly show: Step; readonly take: Step } =>
  client.client_type === 'driver_app'
    ? { show: (asked) => showDriverSignIn(asked), take: sendCode }
    : { show: (asked) => showMemberSignIn(asked), take: takePassword };

/** Of which sort of app a step is; of both where it is not here. */
const ONLY_OF: Readonly<Record<string, string>> = { code: 'driver_app', forgot: 'member_app' };

/** Steps of the other prompt do nothing here: nobody is let in who has not signed in. */
const OF_CONSENT = new Set(['consent', 'switch']);
const OF_BOTH = new Set(['cancel']);

const isConsent = ({ interaction }: Asked): boolean => interaction.prompt.name === 'consent';

async function interact(visit: Visit, uid: string, what: string): Promise<void> {
  const steps = visit.request.method === 'POST' ? taken : shown;
  const step = Object.hasOwn(steps, what) ? steps[what] : undefined;
  if (!step) throw new errors.InvalidRequest('there is no such page');
  const asked = await whatIsAsked(visit, uid);
  const { client_type } = asked.client;
  if ((ONLY_OF[what] ?? client_type) !== client_type)
    throw new errors.InvalidRequest('there is no such page');
  if (visit.request.method === 'POST') await checkForm(visit, uid);
  const fits = OF_BOTH.has(what) || isConsent(asked) === OF_CONSENT.has(what);
  if (visit.request.method === 'POST' && !fits)
    throw new errors.InvalidRequest('this step is over: go back to the app');
  await step(asked);
}

/** A page that says why; what is our own fault is logged, and said to be. */
function answerFailure(ctx: Context, request: Visit['request'], error: unknown): void {
  const refusal = refusalOf(error);
  if (refusal === undefined && !(error instanceof errors.OIDCProviderError))
    ctx.log.error('A page of the authorization server failed', { error });
  sendPage(request, failurePage(error, refusal));
}

function failurePage(error: unknown, refusal: string | undefined): Page {
  if (refusal !== undefined)
    return { ...errorPage('not_now', refusal.replace(/\.$/, '')), status: 429 };
  if (error instanceof errors.OIDCProviderError)
    return { ...errorPage(error.error, error.error_description), status: error.statusCode };
  return { ...errorPage('server_error', 'something failed on our side'), status: 500 };
}
