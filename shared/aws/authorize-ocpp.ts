import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { cameThroughEdge } from '#shared/aws/came-through-edge.ts';
import { headersOf } from '#shared/aws/gateway-request.ts';
import { causeOf } from '#shared/aws/ocpp-context.ts';
import type { OcppCaller } from '#shared/aws/ocpp-events.ts';
import { PUBLIC_HOST_HEADER } from '#shared/aws/public-urls.ts';
import { contextOf, runtime } from '#shared/aws/runtime.ts';
import { admitCharger } from '#shared/chargers/admit-charger.ts';
import {
  cameOverTls,
  chooseVersion,
  readBasic,
  readClientCertificate,
  readIdentity,
} from '#shared/ocpp/handshake.ts';
import { findQuirks, isSettled, spellQuirks } from '#shared/ocpp/repair/known-quirks.ts';
import { levelOf } from '#shared/ocpp-log/level.ts';

/**
 * The authorizer of `$connect`. It lets everyone in that came through the edge, with a verdict: only
 * `$connect` itself can choose the status a charger is refused with.
 */
export async function authorizeOcpp(event: APIGatewayRequestAuthorizerEvent) {
  const from = runtime();
  const headers = headersOf(event);
  const caller = (await cameThroughEdge(headers, from))
    ? await callerFrom(headers, event)
    : undefined;
  return {
    principalId: caller?.charger_id || 'nobody',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Action: 'execute-api:Invoke',
          Effect: caller ? 'Allow' : 'Deny',
          Resource: event.methodArn,
        },
      ],
    },
    ...(caller ? { context: stringified(caller) } : {}),
  };
}

async function callerFrom(
  headers: Readonly<Record<string, string>>,
  event: APIGatewayRequestAuthorizerEvent,
): Promise<OcppCaller> {
  const tenantId = headers['x-ocpp-organization'] ?? '';
  const identity = readIdentity(headers['x-ocpp-identity'] ?? '');
  const subprotocol = chooseVersion(headers['sec-websocket-protocol']);
  const nobody = {
    organization_id: tenantId,
    livemode: false,
    charger_id: '',
    identity: identity ?? '',
    subprotocol: subprotocol ?? ('' as const),
    security_profile: 0,
    secret: '',
    is_news: false,
    because: '',
    registered: false,
    ocpp_log: 'all' as const,
    public_host: headers[PUBLIC_HOST_HEADER] ?? '',
  };
  if (!tenantId || !identity) return { ...nobody, verdict: 'not_found' };
  const ctx = contextOf({
    tenantId,
    livemode: false,
    actor: { kind: 'anonymous' },
    cause: causeOf('connect'),
  });
  // What the edge says of the connection is worth something only where it proves that it is the edge.
  const proved = (await runtime().originSecret()) !== undefined;
  const admission = await admitCharger(ctx, {
    identity,
    credentials: readBasic(headers['authorization']),
    secure: proved && cameOverTls(headers),
    certificate: proved ? readClientCertificate(headers) : undefined,
    remoteIp: event.requestContext?.identity?.sourceIp ?? null,
  });
  if (admission.verdict !== 'allow') return { ...nobody, ...admission };
  const { charger, entrance } = admission;
  const settled = charger && isSettled(charger);
  return {
    ...nobody,
    verdict: subprotocol ? 'allow' : 'bad_protocol',
    livemode: admission.livemode,
    charger_id: admission.chargerId,
    security_profile: entrance.profile,
    secret: entrance.secret ?? '',
    is_news: admission.isNews,
    registered: admission.registered,
    ocpp_log: levelOf(admission.organization, charger),
    ...(settled ? { quirks: spellQuirks(await findQuirks(ctx, charger)) } : {}),
  };
}

const stringified = (caller: OcppCaller): Record<string, string> =>
  Object.fromEntries(Object.entries(caller).map(([name, value]) => [name, String(value)]));
