import type { CertificateAuthority } from '#shared/core/certificate-authority.ts';
import type { Files } from '#shared/core/files.ts';
import type { SocketSender } from '#shared/core/sockets.ts';
import type { Key, Query, Table, Write } from '#shared/core/table.ts';

/**
 * How a call fails. `refused`: nothing was done. `lost`: it was done, and nobody was told. `killed`: it was
 * done, and the process ended there: nothing after it was done either, no clearing up and no answer.
 */
export type Mode = 'refused' | 'lost' | 'killed';
/** Which call of a piece of work fails. */
export interface Fault {
  readonly at: number;
  readonly mode: Mode;
}

class Broken extends Error {
  override readonly name = 'Broken';
}

/** All ways out of a process, counted; one call of them fails. */
export class Wire {
  /** What was called, in order: `write t#SES`. */
  readonly calls: string[] = [];
  isDead = false;
  wasHit = false;
  readonly #fault: Fault | undefined;
  #open = 0;

  constructor(fault?: Fault) {
    this.#fault = fault;
  }

  async pass<T>(what: string, call: () => Promise<T>): Promise<T> {
    if (this.isDead) throw new Broken('The process is dead.');
    const n = this.calls.push(what) - 1;
    const hit = this.#fault?.at === n ? this.#fault : undefined;
    if (hit) this.wasHit = true;
    if (hit?.mode === 'refused') throw new Broken(`Not done: ${what}`);
    this.#open += 1;
    try {
      const result = await call();
      if (!hit) return result;
    } finally {
      this.#open -= 1;
    }
    if (hit.mode === 'killed') this.isDead = true;
    throw new Broken(`Done, but nobody knows: ${what}`);
  }

  /** Calls that were made side by side with the one that failed come to their end. */
  async quiet(): Promise<void> {
    do await new Promise(setImmediate);
    while (this.#open > 0);
  }
}

/** Only what changes something can be done without an answer: a read that got lost is one that was refused. */
export const modesOf = (call: string): readonly Mode[] =>
  /^(get|batchGet|query|head) /.test(call) ? ['refused'] : ['refused', 'lost', 'killed'];

export const wiredTable = (wire: Wire, under: Table): Table => ({
  get: (key) => wire.pass(`get ${nameOf(key)}`, () => under.get(key)),
  batchGet: (keys) =>
    wire.pass(`batchGet ${keys.map(nameOf).join(' ')}`, () => under.batchGet(keys)),
  query: (query) => wire.pass(`query ${nameOfQuery(query)}`, () => under.query(query)),
  write: (writes) =>
    wire.pass(`write ${writes.map(nameOfWrite).join(' ')}`, () => under.write(writes)),
  increment: (key, attribute, options) =>
    wire.pass(`increment ${nameOf(key)}`, () => under.increment(key, attribute, options)),
});

export const wiredSender = (wire: Wire, name: string, under: SocketSender): SocketSender => ({
  send: (id, text) => wire.pass(`send ${name}`, () => under.send(id, text)),
  close: (id, code, reason) => wire.pass(`close ${name}`, () => under.close(id, code, reason)),
});

export const wiredFiles = (wire: Wire, under: Files): Files => ({
  acceptExactly: (...asked) => wire.pass('accept file', () => under.acceptExactly(...asked)),
  head: (path) => wire.pass('head file', () => under.head(path)),
});

export const wiredAuthority = (wire: Wire, under: CertificateAuthority): CertificateAuthority => ({
  issueCertificate: (order) => wire.pass('issue certificate', () => under.issueCertificate(order)),
});

/** Keys without ids: what kind of row. */
const nameOf = ({ pk, sk }: Key) => `${wordsOf(pk)}/${wordsOf(sk)}`;
const nameOfQuery = ({ pk, index }: Query) => `${index ?? ''} ${wordsOf(pk)}`;
const nameOfWrite = (write: Write) =>
  `${write.op}:${nameOf(write.op === 'put' ? write.item : write.key)}`;
const wordsOf = (key: string) =>
  key
    .split('#')
    .filter((part) => /^[A-Z]+$/.test(part))
    .join('#');
