import { randomBytes, randomUUID } from 'node:crypto';

const STAGE = 'main';

/** What all events of one connection have in common. */
export interface ConnectionFacts {
  readonly api: string;
  readonly connectionId: string;
  readonly connectedAt: number;
  readonly domainName: string;
  readonly sourceIp: string;
}

/** Opaque and padded, like API Gateway's: nobody may read anything into it. */
export const newConnectionId = (): string => `${randomBytes(11).toString('base64url')}=`;

const eventTypes = {
  $connect: 'CONNECT',
  $default: 'MESSAGE',
  $disconnect: 'DISCONNECT',
} as const;

/** A WebSocket event as API Gateway hands it to a route's function. */
export function socketEvent(
  routeKey: keyof typeof eventTypes,
  facts: ConnectionFacts,
  rest: Readonly<Record<string, unknown>>,
  authorizer: Readonly<Record<string, string>> | undefined,
) {
  const now = Date.now();
  const requestId = randomUUID();
  return {
    isBase64Encoded: false,
    ...rest,
    requestContext: {
      routeKey,
      eventType: eventTypes[routeKey],
      ...(routeKey === '$default' ? { messageId: requestId } : {}),
      extendedRequestId: requestId,
      requestId,
      requestTime: new Date(now).toUTCString(),
      requestTimeEpoch: now,
      messageDirection: 'IN',
      stage: STAGE,
      connectedAt: facts.connectedAt,
      identity: { sourceIp: facts.sourceIp },
      domainName: facts.domainName,
      connectionId: facts.connectionId,
      apiId: facts.api,
      ...(authorizer ? { authorizer } : {}),
    },
  };
}

/** What a WebSocket API's authorizer is asked, once, before `$connect`. */
export const socketAuthorizerEvent = (
  facts: ConnectionFacts,
  handshake: Record<string, unknown>,
) => ({
  ...socketEvent('$connect', facts, handshake, undefined),
  type: 'REQUEST',
  methodArn: `arn:aws:execute-api:local:000000000000:${facts.api}/${STAGE}/$connect`,
  stageVariables: null,
});
