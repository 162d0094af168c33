import { contextFor } from '#shared/aws/ocpp-context.ts';
import { callerOf, SocketEvent } from '#shared/aws/ocpp-events.ts';
import { metric } from '#shared/core/metric-names.ts';
import { receive } from '#shared/ocpp/receive.ts';

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
