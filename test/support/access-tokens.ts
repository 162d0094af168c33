import * as jose from 'jose';
import { handler as authorize } from '#functions/auth/authorize-request.ts';
import { callerOf } from '#shared/aws/gateway-request.ts';
import { keys } from '#shared/db/keys.ts';
import { artefactHash } from '#shared/oauth/artefact-hash.ts';
import { presentKey, privateJwk, signingKeys } from '#shared/oauth/signing-key.ts';
import type { TestContext } from '#test/support/context.ts';
import { anAuthorizerEvent, aProxyEvent } from '#test/support/gateway-event.ts';
import { useTestRuntime } from '#test/support/runtime.ts';

/** What is said in a token of a service of the organization, good for ten minutes. */
export function claimsOf(ctx: TestContext, client: string, differences: object = {}) {
  const iat = Math.floor(ctx.now().getTime() / 1000);
  return {
    iss: ctx.urls.api,
    aud: ctx.urls.api,
    sub: client,
    client_id: client,
    jti: ctx.newSecret(16),
    iat,
    exp: iat + 600,
    scope: 'chargers:read',
    organization_id: ctx.tenantId,
    livemode: ctx.livemode,
    kind: 'oauth_client',
    ...differences,
  };
}

/** Those claims, signed by this deployment, unless the header says otherwise. */
export async function signed(ctx: TestContext, claims: object, header: object = {}) {
  const key = presentKey(await signingKeys(ctx), ctx.now());
  if (!key) throw new Error('No key signs');
  const secret = await jose.importJWK({ ...(await privateJwk(ctx, key)) }, 'RS256');
  return new jose.SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: key.kid, ...header })
    .sign(secret);
}

/** A grant, as consent leaves one. */
export const grant = (ctx: TestContext, id: string): Promise<void> => {
  const key = keys.oauthArtefact('Grant', artefactHash(ctx.urls.api, id));
  return ctx.table.write([{ op: 'put', item: { ...key, model: 'Grant', payload: '{}' } }]);
};

/** Who the functions behind the gateway are told is calling. */
export async function whoCalls(ctx: TestContext, token: string, headers: object = {}) {
  useTestRuntime(ctx);
  const sent = { Authorization: `Bearer ${token}`, ...headers };
  const { context } = await authorize(anAuthorizerEvent(sent));
  const told = Object.entries(context ?? {}).map(([name, value]) => [name, String(value)]);
  return callerOf(aProxyEvent({ authorizer: Object.fromEntries(told) }));
}
