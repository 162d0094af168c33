/** One line of a log, as it was written. */
export interface TrafficLine {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly text: string;
}

export interface TrafficRange {
  /** Both inclusive, milliseconds since 1970. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly limit: number;
  /** From the chunk before, with the same range and limit. */
  readonly cursor?: string | undefined;
}

export interface TrafficChunk {
  /** Newest first; may be fewer than asked for, and none at all, though there is more. */
  readonly lines: readonly TrafficLine[];
  /** Left out where there is nothing older. */
  readonly cursor?: string;
}

/**
 * Where raw traffic goes: lines by the name of whose they are and by time, much written, seldom read,
 * gone by themselves after a while. Not the table, whose writes cost too much for that.
 */
export interface TrafficLog {
  /** Lines of one log, oldest first. */
  append(log: string, lines: readonly TrafficLine[]): Promise<void>;
  newest(log: string, range: TrafficRange): Promise<TrafficChunk>;
}
