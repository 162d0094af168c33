import type { DatabaseSync, StatementSync } from 'node:sqlite';

export interface Message {
  readonly id: number;
  readonly body: string;
  /** How often it has been received, this time included. */
  readonly receives: number;
  readonly sentAt: number;
}

export interface NewMessage {
  readonly queue: string;
  readonly body: string;
  /** Milliseconds since 1970; not before then. */
  readonly at: number;
}

/** Queues as SQS has them, kept in SQLite: what was sent is there until it is done or dead. */
export class Queues {
  readonly #db: DatabaseSync;
  readonly #statements: ReturnType<typeof prepare>;
  readonly #listeners = new Map<string, () => void>();

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#statements = prepare(db);
    // Whoever was working on them is gone.
    db.exec('UPDATE messages SET in_flight = 0 WHERE in_flight = 1');
  }

  /** All or none of them. */
  send(messages: readonly NewMessage[], now: number): void {
    this.#db.exec('BEGIN IMMEDIATE');
    for (const { queue, body, at } of messages) this.#statements.send.run(queue, body, at, now);
    this.#db.exec('COMMIT');
    for (const queue of new Set(messages.map((message) => message.queue)))
      this.#listeners.get(queue)?.();
  }

  /** Takes messages that are due; until `done` or `retry` nobody else gets them. */
  receive(queue: string, limit: number, now: number): Message[] {
    const rows = this.#statements.receive.all(queue, now, limit);
    return rows.map(({ id, body, receives, sent_at }) => ({
      id: Number(id),
      body: String(body),
      receives: Number(receives),
      sentAt: Number(sent_at),
    }));
  }

  done(id: number): void {
    this.#statements.done.run(id);
  }

  retry(id: number, at: number): void {
    this.#statements.retry.run(at, id);
  }

  /** Sets it aside for good. */
  bury(id: number, now: number): void {
    this.#db.exec('BEGIN IMMEDIATE');
    this.#statements.bury.run(now, id);
    this.#statements.done.run(id);
    this.#db.exec('COMMIT');
  }

  /** Sets aside what never was on a queue: a change that a stream reader could not handle. */
  buryRecord(queue: string, body: string, now: number): void {
    this.#statements.record.run(queue, body, now);
  }

  /** When the next waiting message is due; undefined when none waits. */
  nextDue(queue: string): number | undefined {
    const at = this.#statements.next.get(queue)?.at;
    return typeof at === 'number' ? at : undefined;
  }

  /** Called after each sending to this queue. */
  onSend(queue: string, listener: () => void): void {
    this.#listeners.set(queue, listener);
  }
}

const prepare = (db: DatabaseSync): Record<Name, StatementSync> => ({
  send: db.prepare('INSERT INTO messages (queue, body, visible_at, sent_at) VALUES (?, ?, ?, ?)'),
  receive: db.prepare(`
    UPDATE messages SET in_flight = 1, receives = receives + 1
    WHERE id IN (SELECT id FROM messages WHERE queue = ? AND in_flight = 0 AND visible_at <= ?
                 ORDER BY visible_at, id LIMIT ?)
    RETURNING id, body, receives, sent_at`),
  done: db.prepare('DELETE FROM messages WHERE id = ?'),
  retry: db.prepare('UPDATE messages SET in_flight = 0, visible_at = ? WHERE id = ?'),
  bury: db.prepare(
    `INSERT INTO dead_letters (queue, body, receives, at)
     SELECT queue, body, receives, ? FROM messages WHERE id = ?`,
  ),
  record: db.prepare('INSERT INTO dead_letters (queue, body, receives, at) VALUES (?, ?, 0, ?)'),
  next: db.prepare('SELECT min(visible_at) AS at FROM messages WHERE queue = ? AND in_flight = 0'),
});
type Name = 'send' | 'receive' | 'done' | 'retry' | 'bury' | 'record' | 'next';
