import * as z from 'zod';
import { type Authorization, authorize } from '#local/authorizer.ts';
import { type Lambda, lambda } from '#local/lambda.ts';
import { type ConnectionFacts, socketAuthorizerEvent, socketEvent } from '#local/socket-event.ts';

const ConnectReply = z.object({
  statusCode: z.int(),
  headers: z.record(z.string(), z.string()).optional(),
});

/** How a handshake ends: with a status to refuse it with, or open. */
export type Opening =
  | { readonly refused: number }
  | { readonly subprotocol: string | undefined; readonly caller: Record<string, string> };

/** The functions of one WebSocket API: authorize, connect, message, disconnect. */
export class SocketApi {
  readonly id: string;
  readonly #authorize: Lambda;
  readonly #connect: Lambda;
  readonly #message: Lambda;
  readonly #disconnect: Lambda;

  /** @param id the folder of its functions, and the first segment of its path */
  constructor(id: string) {
    this.id = id;
    this.#authorize = lambda(`${id}/authorize.ts`);
    this.#connect = lambda(`${id}/connect.ts`);
    this.#message = lambda(`${id}/message.ts`);
    this.#disconnect = lambda(`${id}/disconnect.ts`);
  }

  async open(facts: ConnectionFacts, handshake: Record<string, unknown>): Promise<Opening> {
    const answer: Authorization = await authorize(
      this.#authorize,
      socketAuthorizerEvent(facts, handshake),
    );
    if (!answer.allowed) return { refused: answer.status };
    const event = socketEvent('$connect', facts, handshake, answer.context);
    const { statusCode, headers = {} } = ConnectReply.parse(await this.#connect.invoke(event));
    if (statusCode < 200 || statusCode > 299) return { refused: statusCode };
    const subprotocol = Object.entries(headers).find(
      ([name]) => name.toLowerCase() === 'sec-websocket-protocol',
    )?.[1];
    return { subprotocol, caller: answer.context };
  }

  /** A frame; of bytes as base64, as the gateway does it. */
  async message(
    facts: ConnectionFacts,
    caller: Record<string, string>,
    data: Buffer,
    isBinary: boolean,
  ): Promise<void> {
    const body = data.toString(isBinary ? 'base64' : 'utf8');
    const content = { body, isBase64Encoded: isBinary };
    await this.#message.invoke(socketEvent('$default', facts, content, caller));
  }

  async close(
    facts: ConnectionFacts,
    caller: Record<string, string>,
    code: number,
    reason: string,
  ): Promise<void> {
    const event = socketEvent('$disconnect', facts, {}, caller);
    const requestContext = {
      ...event.requestContext,
      disconnectStatusCode: code,
      disconnectReason: reason,
    };
    await this.#disconnect.invoke({ ...event, requestContext });
  }
}
