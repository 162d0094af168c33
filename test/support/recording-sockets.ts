import type { SocketSender } from '#shared/core/sockets.ts';

/** A frame that was sent; `json` is its text, parsed. */
export interface SentFrame {
  readonly connectionId: string;
  readonly text: string;
  readonly json: unknown;
}

export interface ClosedSocket {
  readonly connectionId: string;
  readonly code: number | undefined;
  readonly reason: string | undefined;
}

/** A gateway's way out that remembers. A connection in `gone`, or closed, takes no more frames. */
export class RecordingSender implements SocketSender {
  readonly sent: SentFrame[] = [];
  readonly closed: ClosedSocket[] = [];
  readonly gone = new Set<string>();

  async send(connectionId: string, text: string): Promise<'sent' | 'gone'> {
    if (this.gone.has(connectionId)) return 'gone';
    this.sent.push({ connectionId, text, json: JSON.parse(text) });
    return 'sent';
  }

  async close(connectionId: string, code?: number, reason?: string): Promise<void> {
    if (this.gone.has(connectionId)) return;
    this.gone.add(connectionId);
    this.closed.push({ connectionId, code, reason });
  }
}
