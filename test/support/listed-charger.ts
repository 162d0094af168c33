import * as z from 'zod';
import { createToken } from '#shared/tokens/manage-tokens.ts';
import { NewToken } from '#shared/tokens/new-token.ts';
import type { TokenView } from '#shared/tokens/token-view.ts';
import type { TestContext } from '#test/support/context.ts';
import type { Asked, OcppPeer } from '#test/support/ocpp-peer.ts';
import { settle } from '#test/support/settle.ts';

type Said = Readonly<Record<string, unknown>>;

/** A token, as an operator registers one. */
export const aToken = (
  ctx: TestContext,
  given: z.input<typeof NewToken> | string,
): Promise<TokenView> =>
  createToken(ctx, NewToken.parse(typeof given === 'string' ? { uid: given } : given));

const Sent16 = z.object({
  listVersion: z.int(),
  updateType: z.string(),
  localAuthorizationList: z
    .array(z.object({ idTag: z.string(), idTagInfo: z.unknown().optional() }))
    .default([]),
});
const Sent201 = z.object({
  versionNumber: z.int(),
  updateType: z.string(),
  localAuthorizationList: z
    .array(
      z.object({ idToken: z.object({ idToken: z.string() }), idTokenInfo: z.unknown().optional() }),
    )
    .default([]),
});

/** The far end of a charger's list: does what it is told, unless told otherwise. */
export class ListedCharger {
  readonly peer: OcppPeer;
  readonly #ctx: TestContext;
  readonly #tags = new Map<string, unknown>();
  #version = 0;
  #answered = 0;
  /** What it answers to the next lists it is sent, in place of taking them. */
  refusals: Said[] = [];

  constructor(ctx: TestContext, peer: OcppPeer) {
    this.#ctx = ctx;
    this.peer = peer;
  }

  get version(): number {
    return this.#version;
  }
  get uids(): string[] {
    return [...this.#tags.keys()].sort();
  }
  infoOf(uid: string): unknown {
    return this.#tags.get(uid);
  }
  /** The calls about its list, as `Full 3 [2]`: kind, version, entries. */
  said(): string[] {
    return this.peer.asked().flatMap(({ action, payload }) => {
      if (action === 'GetLocalListVersion') return ['version?'];
      if (action !== 'SendLocalList') return [];
      const { kind, version, entries } = messageOf(payload);
      return [`${kind} ${version} [${entries.length}]`];
    });
  }

  /** It forgets its list, as after a reset to the factory's settings. */
  forget(): void {
    this.#version = 0;
    this.#tags.clear();
  }

  /** Answers what it is asked, and has all be done that follows, until nothing more is asked. */
  async answerAll(): Promise<void> {
    await settle(this.#ctx);
    for (let next = this.next(); next; next = this.next()) {
      await this.answer(next);
      await settle(this.#ctx);
    }
  }

  /** The oldest call it has not answered. */
  next(): Asked | undefined {
    return this.peer.asked()[this.#answered];
  }

  async answer(call: Asked, said: Said = this.take(call)): Promise<void> {
    this.#answered += 1;
    await this.peer.reply(call, said);
  }

  /** Leaves a call without an answer. */
  ignore(): void {
    this.#answered += 1;
  }

  /** Does what a call asks for; what it answers. */
  take({ action, payload }: Asked): Said {
    if (action === 'GetLocalListVersion') {
      const version = this.#tags.size === 0 ? 0 : this.#version;
      return this.#is16 ? { listVersion: version } : { versionNumber: version };
    }
    if (action !== 'SendLocalList') return { status: 'Accepted' };
    const refusal = this.refusals.shift();
    if (refusal) return refusal;
    const { kind, version, entries } = messageOf(payload);
    if (kind === 'Full') this.#tags.clear();
    else if (version <= this.#version) return { status: 'VersionMismatch' };
    for (const { uid, info } of entries) {
      if (info === undefined) this.#tags.delete(uid);
      else this.#tags.set(uid, info);
    }
    this.#version = version;
    return { status: 'Accepted' };
  }

  get #is16(): boolean {
    return this.peer.sender.version === 'ocpp1.6';
  }
}

function messageOf(payload: Said) {
  const old = Sent16.safeParse(payload);
  if (old.success) {
    const entries = old.data.localAuthorizationList.map(({ idTag, idTagInfo }) => ({
      uid: idTag,
      info: idTagInfo,
    }));
    return { kind: old.data.updateType, version: old.data.listVersion, entries };
  }
  const { updateType, versionNumber, localAuthorizationList } = Sent201.parse(payload);
  const entries = localAuthorizationList.map(({ idToken, idTokenInfo }) => ({
    uid: idToken.idToken,
    info: idTokenInfo,
  }));
  return { kind: updateType, version: versionNumber, entries };
}
