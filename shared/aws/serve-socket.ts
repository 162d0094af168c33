import type {
  APIGatewayAuthorizerResult,
  APIGatewayProxyResult,
  APIGatewayRequestAuthorizerEvent,
} from 'aws-lambda';
import * as z from 'zod';
import { cameThroughEdge } from '#shared/aws/came-through-edge.ts';
import { headersOf } from '#shared/aws/gateway-request.ts';
import { runtimeAt } from '#shared/aws/public-urls.ts';
import { type Runtime, runtime } from '#shared/aws/runtime.ts';

/** An opening, a frame or the end of a WebSocket connection. */
export interface SocketEvent {
  readonly connectionId: string;
  /** Of the handshake; empty for frames. Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly remoteIp: string | null;
  /** The text of a frame. */
  readonly body: string;
  /** A frame of bytes, which no protocol of ours knows; `body` is its base64. */
  readonly isBinary: boolean;
  /** What the authorizer said when the connection was opened. */
  readonly verdict: Readonly<Record<string, string>>;
}

export interface SocketReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

type SocketHandler = (event: SocketGatewayEvent) => Promise<APIGatewayProxyResult>;

/** What of an API Gateway WebSocket event is read; frames come without headers. */
const GatewayContext = z.object({
  connectionId: z.string(),
  identity: z.object({ sourceIp: z.string().nullish() }).nullish(),
  authorizer: z.record(z.string(), z.unknown()).nullish(),
});
export interface SocketGatewayEvent {
  readonly requestContext: unknown;
  readonly headers?: Readonly<Record<string, string | undefined>> | null;
  readonly multiValueHeaders?: Readonly<Record<string, string[] | undefined>> | null;
  readonly body?: string | null | undefined;
  readonly isBase64Encoded?: boolean;
}

/**
 * The authorizer of a WebSocket API. It lets everybody in who came through the edge, with what it found
 * out: `$connect` gives the refusal its status, and every later frame brings the same verdict along.
 */
export const serveSocketAuthorizer =
  (find: (event: SocketEvent, from: Runtime) => Promise<Readonly<Record<string, string>>>) =>
  async (event: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult> => {
    const from = runtime();
    const opening = socketEvent(event);
    if (!(await cameThroughEdge(opening.headers, from))) return policy('Deny', event.methodArn);
    const context = await find(opening, runtimeAt(opening.headers, from));
    return { ...policy('Allow', event.methodArn), context: { ...context } };
  };

/** `$connect`: its status is the handshake's. An error of ours is a 500. */
export const serveConnect = (
  handle: (event: SocketEvent, from: Runtime) => Promise<SocketReply>,
): SocketHandler => serveSocket(handle, 500);

/** Frames and ends: nothing thrown may reach the gateway, which would send a frame of its own. */
export const serveFrame = (
  handle: (event: SocketEvent, from: Runtime) => Promise<void>,
): SocketHandler =>
  serveSocket(async (event, from) => {
    await handle(event, from);
    return { status: 200 };
  }, 200);

const serveSocket =
  (
    handle: (event: SocketEvent, from: Runtime) => Promise<SocketReply>,
    statusOfFailure: number,
  ): SocketHandler =>
  async (gatewayEvent) => {
    const event = socketEvent(gatewayEvent);
    try {
      const reply = await handle(event, runtimeAt(event.headers, runtime()));
      return { statusCode: reply.status, headers: { ...reply.headers }, body: '' };
    } catch (error) {
      const { connectionId } = event;
      runtime().log.error('A socket event failed', { connectionId, error });
      return { statusCode: statusOfFailure, body: '' };
    }
  };

function socketEvent(event: SocketGatewayEvent): SocketEvent {
  const { connectionId, identity, authorizer } = GatewayContext.parse(event.requestContext);
  const said = Object.entries(authorizer ?? {}).map(([name, value]) => [name, String(value)]);
  return {
    connectionId,
    headers: headersOf({
      headers: event.headers ?? null,
      multiValueHeaders: event.multiValueHeaders ?? null,
    }),
    remoteIp: identity?.sourceIp ?? null,
    body: event.body ?? '',
    isBinary: event.isBase64Encoded ?? false,
    verdict: Object.fromEntries(said),
  };
}

const policy = (Effect: 'Allow' | 'Deny', methodArn: string) => ({
  principalId: 'socket',
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect, Resource: methodArn }],
  },
});
