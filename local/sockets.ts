import type { SocketSender } from '#shared/core/sockets.ts';

/** An open WebSocket as senders see it. */
export interface OpenSocket {
  /** False when it is no longer open. Throws where the client lets too much lie unread. */
  send(text: string): boolean;
  close(code: number, reason: string): void;
}

/** API Gateway's limit of a message, in either direction. */
export const MAX_MESSAGE_BYTES = 128 * 1024;

/** The open sockets of one WebSocket API, by connection id: what `@connections` is in the cloud. */
export class Sockets implements SocketSender {
  readonly #open = new Map<string, OpenSocket>();

  get size(): number {
    return this.#open.size;
  }

  add(connectionId: string, socket: OpenSocket): void {
    this.#open.set(connectionId, socket);
  }

  remove(connectionId: string): void {
    this.#open.delete(connectionId);
  }

  async send(connectionId: string, text: string): Promise<'sent' | 'gone'> {
    if (Buffer.byteLength(text) > MAX_MESSAGE_BYTES)
      throw new Error(`A message may have ${MAX_MESSAGE_BYTES} bytes at most`);
    return this.#open.get(connectionId)?.send(text) ? 'sent' : 'gone';
  }

  async close(connectionId: string, code = 1000, reason = ''): Promise<void> {
    this.#open.get(connectionId)?.close(code, reason);
  }

  closeAll(code: number, reason: string): void {
    for (const socket of this.#open.values()) socket.close(code, reason);
  }
}
