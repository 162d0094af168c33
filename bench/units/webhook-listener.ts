import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A receiver on loopback that takes every webhook, while `work` runs. */
export async function withWebhookListener<T>(work: (url: string) => Promise<T>): Promise<T> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(204).end());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  try {
    return await work(`http://127.0.0.1:${address.port}/hooks`);
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
}
