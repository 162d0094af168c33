import * as client from 'openid-client';
import { sandbox } from '#local/sandbox.ts';
import { Browser, type Shown } from '#test/support/browser.ts';

/** Where the sandbox's apps have people sent back to; the port is theirs to choose. */
export const CALLBACK = 'http://127.0.0.1:39999/callback';

/** An OAuth client as openid-client is, unchanged; http is let through, since it is this machine. */
export const discover = (
  api: string,
  id: string,
  authentication: client.ClientAuth = client.None(),
): Promise<client.Configuration> =>
  client.discovery(new URL(api), id, undefined, authentication, {
    execute: [client.allowInsecureRequests],
  });

/** The sandbox's service, with its secret. */
export const theService = (api: string): Promise<client.Configuration> =>
  discover(api, sandbox.service.id, client.ClientSecretBasic(sandbox.service.secret));

/** Who signs in to the sandbox. */
const OWNER: { readonly email: string; readonly password: string } = sandbox.owner;

export interface Journey {
  readonly config: client.Configuration;
  readonly browser: Browser;
  readonly verifier: string;
  readonly state: string;
  readonly page: Shown;
}

/** Somebody is sent from an app to sign in. */
export async function setOut(
  config: client.Configuration,
  {
    scope = 'openid chargers:read',
    browser = new Browser(new URL(config.serverMetadata().issuer).origin),
    more = {},
  }: { scope?: string; browser?: Browser; more?: Record<string, string> } = {},
): Promise<Journey> {
  const verifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: CALLBACK,
    scope,
    state,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...more,
  });
  return { config, browser, verifier, state, page: await browser.open(url) };
}

/** The sandbox's member types address and password. */
export const signIn = (
  { browser, page }: Journey,
  { email = OWNER.email, password = OWNER.password } = {},
): Promise<Shown> => browser.press(page, 'Sign in', { email, password });

/** Signs in and allows: where the app is called back. */
export async function allow(journey: Journey): Promise<string> {
  const consent = await signIn(journey);
  return (await journey.browser.press(consent, 'Allow')).url;
}

/** What the app does when it is called back. */
export const redeem = (
  { config, verifier, state }: Journey,
  calledBack: string,
  pkceCodeVerifier = verifier,
) =>
  client.authorizationCodeGrant(config, new URL(calledBack), {
    pkceCodeVerifier,
    expectedState: state,
    idTokenExpected: true,
  });

/** The API's answer to a token. */
export async function ask(api: string, token: string, path = '/v1/whoami') {
  const answer = await fetch(api + path, { headers: { Authorization: `Bearer ${token}` } });
  const body: unknown = await answer.json();
  return { status: answer.status, body };
}
