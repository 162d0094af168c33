/** The way to an open WebSocket, whichever gateway holds it. */
export interface Sockets {
  readonly ocpp: SocketSender;
  readonly live: SocketSender;
}

export interface SocketSender {
  /** `gone` when the connection no longer exists. Throws on anything else. */
  send(connectionId: string, text: string): Promise<'sent' | 'gone'>;
  close(connectionId: string, code?: number, reason?: string): Promise<void>;
}
