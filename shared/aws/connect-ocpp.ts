import { contextFor } from '#shared/aws/ocpp-context.ts';
import { callerOf, type OcppCaller, SocketEvent } from '#shared/aws/ocpp-events.ts';
import { runtime } from '#shared/aws/runtime.ts';
import { connected, disconnected } from '#shared/chargers/connectivity.ts';
import { versionNumber } from '#shared/ocpp/version.ts';
import { spokenVersions } from '#shared/ocpp/vocabulary.ts';

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
    version: versionNumber[caller.subprotocol],
    remoteIp: identity?.sourceIp ?? null,
    logLevel: caller.ocpp_log,
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
