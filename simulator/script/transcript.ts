import { decodeFrame } from '#simulator/rpc/frame.ts';
import { contains } from '#simulator/script/contains.ts';
import type { Expectation } from '#simulator/script/script.ts';

type Called = Pick<Expectation, 'from' | 'action'> & { id: string; payload: unknown };

const MARK = /^\uFEFF/;

/** What was said on the wire. Each expectation reads on from where the one before it found its call. */
export class Transcript {
  readonly #calls: Called[] = [];
  readonly #answers = new Map<string, unknown>();
  readonly #listeners = new Set<() => void>();
  #readTo = 0;

  add(direction: 'sent' | 'received', text: string): void {
    const from = direction === 'sent' ? 'charger' : 'platform';
    const frame = decodeFrame(text.replace(MARK, ''));
    if (frame.kind === 'call') {
      this.#calls.push({ from, id: frame.id, action: frame.action, payload: frame.payload });
    }
    // The answer to the charger's call comes from the platform, and the other way round.
    const asked = from === 'charger' ? 'platform' : 'charger';
    if (frame.kind === 'result') this.#answers.set(`${asked} ${frame.id}`, frame.payload);
    for (const listener of this.#listeners) listener();
  }

  /** Whether a call as expected is there, with its answer if that was asked for; reads on behind it. */
  find(expected: Expectation): boolean {
    const at = this.#calls.findIndex(
      (call, index) => index >= this.#readTo && this.#fits(call, expected),
    );
    if (at < 0) return false;
    this.#readTo = at + 1;
    return true;
  }

  #fits(call: Called, { from, action, payload, answer }: Expectation): boolean {
    if (call.from !== from || call.action !== action) return false;
    if (payload && !contains(call.payload, payload)) return false;
    return !answer || contains(this.#answers.get(`${from} ${call.id}`), answer);
  }

  /** Calls back after every frame, until told not to. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
