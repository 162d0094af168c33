import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Received {
  readonly path: string;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface LoopbackServer extends AsyncDisposable {
  readonly url: string;
  /** What came in, in order. */
  readonly received: Received[];
  /** How it answers from now on. */
  answer(how: (response: ServerResponse, received: Received) => void): void;
}

/** A real HTTP server on a free port of 127.0.0.1. Answers 204 until told otherwise. */
export async function loopbackServer(): Promise<LoopbackServer> {
  const received: Received[] = [];
  let how = (response: ServerResponse, _received: Received): void => {
    response.writeHead(204).end();
  };
  const server = createServer(async (request, response) => {
    const { url: path = '', method = '', headers } = request;
    const one = { path, method, headers, body: await text(request) };
    received.push(one);
    how(response, one);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hooks`,
    received,
    answer: (next) => {
      how = next;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
