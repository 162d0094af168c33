import { contextFor } from '#shared/aws/ocpp-context.ts';
import { callerOf, type OcppCaller, SocketEvent } from '#shared/aws/ocpp-events.ts';
import { metric } from '#shared/core/metric-names.ts';
import { receive, type Sender } from '#shared/ocpp/receive.ts';
import { readQuirks } from '#shared/ocpp/repair/known-quirks.ts';
import type { OcppVersion } from '#shared/ocpp/version.ts';

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
    const { connectionId } = event.requestContext;
    await receive(ctx, senderOf(caller, version, connectionId), textOf(event));
  } catch (error) {
    ctx.log.error('A frame could not be handled', { charger: caller.charger_id, error });
    ctx.log.count(metric.ocppErrors);
  }
  return { statusCode: 200, body: '' };
}

const senderOf = (caller: OcppCaller, version: OcppVersion, connectionId: string): Sender => ({
  chargerId: caller.charger_id,
  identity: caller.identity,
  connectionId,
  version,
  registered: caller.registered,
  logLevel: caller.ocpp_log,
  ...(caller.quirks === undefined ? {} : { quirks: readQuirks(caller.quirks) }),
});

/** OCPP-J is text; a binary frame is read as UTF-8, and is garbage or not like any other. */
const textOf = ({ body, isBase64Encoded }: SocketEvent): string =>
  isBase64Encoded ? Buffer.from(body ?? '', 'base64').toString('utf8') : (body ?? '');
