import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { cameThroughEdge } from '#shared/aws/came-through-edge.ts';
import { headersOf } from '#shared/aws/gateway-request.ts';
import { callerOf, type OcppCaller, SocketEvent } from '#shared/aws/ocpp-events.ts';
import { PUBLIC_HOST_HEADER, runtimeAt } from '#shared/aws/public-urls.ts';
import { contextOf, runtime } from '#shared/aws/runtime.ts';
import { admitCharger } from '#shared/chargers/admit-charger.ts';
import { connected, disconnected } from '#shared/chargers/connectivity.ts';
import type { Context } from '#shared/core/context.ts';
import { metric } from '#shared/core/metric-names.ts';
import { chooseVersion, readBasic, readIdentity } from '#shared/ocpp/handshake.ts';
import { spokenVersions } from '#shared/ocpp/protocols.ts';
import { receive } from '#shared/ocpp/receive.ts';

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
    registered: false,
    public_host: headers[PUBLIC_HOST_HEADER] ?? '',
  };
  if (!tenantId || !identity) return { ...nobody, verdict: 'not_found' };
  const ctx = contextOf({
    tenantId,
    livemode: false,
    actor: { kind: 'anonymous' },
    cause: causeOf('connect'),
  });
  const admission = await admitCharger(ctx, {
    identity,
    credentials: readBasic(headers['authorization']),
    remoteIp: event.requestContext?.identity?.sourceIp ?? null,
  });
  if (admission.verdict !== 'allow') return { ...nobody, verdict: admission.verdict };
  return {
    ...nobody,
    verdict: subprotocol ? 'allow' : 'bad_protocol',
    livemode: admission.livemode,
    charger_id: admission.chargerId,
    security_profile: admission.securityProfile,
    registered: admission.registered,
  };
}

const stringified = (caller: OcppCaller): Record<string, string> =>
  Object.fromEntries(Object.entries(caller).map(([name, value]) => [name, String(value)]));

const refusals = {
  unauthorized: { statusCode: 401, because: 'The Basic password is wrong or missing.' },
  not_found: { statusCode: 404, because: 'No such organization, or no such charger of it.' },
  bad_protocol: { statusCode: 400, because: `It offers none of ${spokenVersions().join(', ')}.` },
} as const;

/** `$connect`: OCPP-J asks for 404 to an unknown identity and 401 to a wrong password. */
export async function connectOcpp(raw: unknown) {
  const event = SocketEvent.parse(raw);
  const caller = callerOf(event);
  if (caller.verdict !== 'allow') return refuse(caller, caller.verdict);
  if (caller.subprotocol === '') return { statusCode: 400, body: '' };
  const { connectionId, identity } = event.requestContext;
  await connected(contextFor(caller, 'connect'), {
    chargerId: caller.charger_id,
    connectionId,
    version: caller.subprotocol === 'ocpp1.6' ? '1.6' : '2.0.1',
    remoteIp: identity?.sourceIp ?? null,
  });
  return { statusCode: 200, headers: { 'Sec-WebSocket-Protocol': caller.subprotocol }, body: '' };
}

/** A charger shows nobody why it was refused, so the log does. */
function refuse(caller: OcppCaller, verdict: keyof typeof refusals) {
  const { statusCode, because } = refusals[verdict];
  const { organization_id: organization, identity } = caller;
  runtime().log.warn('A charger was refused', { organization, identity, because });
  return { statusCode, body: '' };
}

/** `$disconnect`: best effort, and may come after the charger's next `$connect`. */
export async function disconnectOcpp(raw: unknown) {
  const event = SocketEvent.parse(raw);
  const caller = callerOf(event);
  if (caller.verdict === 'allow')
    await disconnected(
      contextFor(caller, 'disconnect'),
      caller.charger_id,
      event.requestContext.connectionId,
    );
  return { statusCode: 200, body: '' };
}

/**
 * `$default`: every frame of a charger. Nothing thrown may reach the gateway, whose own error frame
 * no charger understands; a call that could not be answered is repeated by the charger.
 */
export async function receiveOcpp(raw: unknown) {
  const event = SocketEvent.parse(raw);
  const caller = callerOf(event);
  const version = caller.subprotocol;
  if (caller.verdict !== 'allow' || version === '') return { statusCode: 200, body: '' };
  const ctx = contextFor(caller, 'message');
  try {
    const { charger_id: chargerId, identity, registered } = caller;
    const { connectionId } = event.requestContext;
    await receive(ctx, { chargerId, identity, registered, version, connectionId }, textOf(event));
  } catch (error) {
    ctx.log.error('A frame could not be handled', { charger: caller.charger_id, error });
    ctx.log.count(metric.ocppErrors);
  }
  return { statusCode: 200, body: '' };
}

/** OCPP-J is text; a binary frame is read as UTF-8, and is garbage or not like any other. */
const textOf = ({ body, isBase64Encoded }: SocketEvent): string =>
  isBase64Encoded ? Buffer.from(body ?? '', 'base64').toString('utf8') : (body ?? '');

const causeOf = (ref: string): Context['cause'] => ({
  type: 'charger_message',
  ref,
  request_id: null,
  idempotency_key: null,
  actor: null,
});

const contextFor = (caller: OcppCaller, ref: string): Context =>
  contextOf(
    {
      tenantId: caller.organization_id,
      livemode: caller.livemode,
      actor: { kind: 'charger', id: caller.charger_id },
      cause: causeOf(ref),
    },
    runtimeAt({ [PUBLIC_HOST_HEADER]: caller.public_host }, runtime()),
  );
