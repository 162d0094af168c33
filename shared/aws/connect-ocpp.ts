import { contextFor } from '#shared/aws/ocpp-context.ts';
import { callerOf, type OcppCaller, SocketEvent } from '#shared/aws/ocpp-events.ts';
import { runtime } from '#shared/aws/runtime.ts';
import { confirmEntrance } from '#shared/chargers/confirm-entrance.ts';
import { connected, disconnected } from '#shared/chargers/connectivity.ts';
import { Entrance } from '#shared/chargers/entrance.ts';
import { versionNumber } from '#shared/ocpp/version.ts';
import { spokenVersions } from '#shared/ocpp/vocabulary.ts';

const refusals = {
  unauthorized: { statusCode: 401, because: 'It did not prove who it is.' },
  not_found: { statusCode: 404, because: 'No such organization, or no such charger of it.' },
  bad_protocol: { statusCode: 400, because: `It offers none of ${spokenVersions().join(', ')}.` },
} as const;

/** Why a charger that is known was refused. */
const because: Readonly<Record<string, string>> = {
  bad_credentials: 'The Basic password is wrong or missing.',
  bad_certificate: 'Its client certificate is revoked, superseded, over, or not its own.',
  downgrade: 'It came by a lower security profile than it was set up for.',
};

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
  if (caller.is_news) await confirm(caller);
  return { statusCode: 200, headers: { 'Sec-WebSocket-Protocol': caller.subprotocol }, body: '' };
}

/** Its next connection tells the same again, so a failure here must not keep it out. */
async function confirm(caller: OcppCaller): Promise<void> {
  const { charger_id, security_profile, secret } = caller;
  const entrance = Entrance.parse({ profile: security_profile, secret: secret || null });
  try {
    await confirmEntrance(contextFor(caller, 'connect'), charger_id, entrance);
  } catch (error) {
    runtime().log.error('What a charger came in by was not kept', { charger: charger_id, error });
  }
}

/** A charger shows nobody why it was refused, so the log does. */
function refuse(caller: OcppCaller, verdict: keyof typeof refusals) {
  const { statusCode, because: usual } = refusals[verdict];
  const { organization_id: organization, identity } = caller;
  const why = because[caller.because] ?? usual;
  runtime().log.warn('A charger was refused', { organization, identity, because: why });
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
