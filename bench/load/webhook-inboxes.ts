import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';

const SLOW_MS = 9000;
const Sent = z.object({ id: z.string(), created_at: z.string() });

/** What arrived at one endpoint. */
export interface Inbox {
  /** Event ids, with how often each came. */
  readonly arrivals: Map<string, number>;
  /** Milliseconds from the event's instant until it was here for the first time. */
  readonly delays: number[];
}

/**
 * Receivers on loopback while `work` runs: a path each. A slow one answers just before its sender gives
 * up; where nobody listens, a dead one is.
 */
export async function withInboxes<T>(
  work: (inboxes: {
    urlOf(name: string): string;
    deadUrl: string;
    at(name: string): Inbox;
  }) => Promise<T>,
): Promise<T> {
  const inboxes = new Map<string, Inbox>();
  const at = (name: string): Inbox => {
    const inbox = inboxes.get(name) ?? { arrivals: new Map(), delays: [] };
    inboxes.set(name, inbox);
    return inbox;
  };
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      const name = (request.url ?? '').slice(1);
      take(at(name), body);
      if (!name.startsWith('slow')) return response.writeHead(204).end();
      setTimeout(() => response.writeHead(204).end(), SLOW_MS);
      return undefined;
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  const base = `http://127.0.0.1:${address.port}`;
  try {
    // Nobody listens there.
    return await work({
      urlOf: (name) => `${base}/${name}`,
      deadUrl: 'http://127.0.0.1:9999/',
      at,
    });
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
}

function take({ arrivals, delays }: Inbox, body: string): void {
  const { id, created_at } = Sent.parse(JSON.parse(body));
  if (!arrivals.has(id)) delays.push(Date.now() - Date.parse(created_at));
  arrivals.set(id, (arrivals.get(id) ?? 0) + 1);
}
