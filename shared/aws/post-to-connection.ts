import {
  ApiGatewayManagementApiClient,
  ApiGatewayManagementApiServiceException,
  DeleteConnectionCommand,
  GoneException,
  LimitExceededException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import type { SocketSender } from '#shared/core/sockets.ts';

const ATTEMPTS = 5;

/** Sends through API Gateway's connection endpoint, over TLS kept alive between calls. */
export function postToConnection(
  endpoint: string,
  client = new ApiGatewayManagementApiClient({ endpoint, maxAttempts: ATTEMPTS }),
): SocketSender {
  const unlessGone = async (call: () => Promise<unknown>): Promise<'sent' | 'gone'> => {
    try {
      await call();
      return 'sent';
    } catch (error) {
      if (isGone(error)) return 'gone';
      throw error;
    }
  };
  return {
    send: (ConnectionId, text) =>
      unlessGone(() =>
        retryWhenFull(() =>
          client.send(new PostToConnectionCommand({ ConnectionId, Data: Buffer.from(text) })),
        ),
      ),
    // API Gateway chooses the close code itself; ours is for hosts that can.
    close: async (ConnectionId) => {
      await unlessGone(() => client.send(new DeleteConnectionCommand({ ConnectionId })));
    },
  };
}

// Some gateways answer 410 without the error's name.
const isGone = (error: unknown): boolean =>
  error instanceof ApiGatewayManagementApiServiceException &&
  (error instanceof GoneException || error.$metadata.httpStatusCode === 410);

/** A client that reads slowly fills its buffer for a moment; the SDK does not retry that by itself. */
async function retryWhenFull(call: () => Promise<unknown>, left = ATTEMPTS - 1): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof LimitExceededException) || left === 0) throw error;
    await new Promise((done) =>
      setTimeout(done, 20 * 2 ** (ATTEMPTS - left) * (0.5 + Math.random())),
    );
    return retryWhenFull(call, left - 1);
  }
}
