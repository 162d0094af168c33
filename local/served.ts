/** A request answered or a socket opened: one line of the host's log. */
export interface Served {
  /** `WS` for a handshake. */
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly ms: number;
  readonly requestId?: string;
}
