import type { Adapter, AdapterPayload } from 'oidc-provider';
import { errors } from 'oidc-provider';
import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { ConditionFailed, type Item } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { artefactHash } from '#shared/oauth/artefact-hash.ts';

const Stored = z.object({
  /** As JSON: what the library keeps is its own affair. */
  payload: z.string().transform((text): AdapterPayload => JSON.parse(text)),
  consumed: z.int().optional(),
  grant_id: z.string().optional(),
});
const Pointer = z.object({ hash: z.string() });

export type AdapterWorld = Pick<Context, 'table' | 'now'> & { readonly issuer: string };

/**
 * Where the OpenID provider keeps codes, refresh tokens, sessions, interactions and grants: a row each,
 * under the hash of its id, until its time is over. A grant's row is what all that came of it is held
 * against, so that deleting it revokes them all.
 */
export class TableAdapter implements Adapter {
  readonly #world: AdapterWorld;
  readonly #model: string;

  constructor(world: AdapterWorld, model: string) {
    this.#world = world;
    this.#model = model;
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn = LONGEST_S): Promise<void> {
    const { table, now } = this.#world;
    const ttl = Math.floor(now().getTime() / 1000) + expiresIn;
    const hash = this.#hash(id);
    const item: Item = {
      ...keys.oauthArtefact(this.#model, hash),
      model: this.#model,
      payload: JSON.stringify(withoutSecrets(payload)),
      grant_id: payload.grantId,
      ttl,
    };
    const { uid } = payload;
    const isSession = this.#model === 'Session' && uid !== undefined;
    const pointer: Item[] = isSession
      ? [{ ...keys.oauthSessionByUid(this.#hash(uid)), hash, ttl }]
      : [];
    await table.write([item, ...pointer].map((row) => ({ op: 'put', item: row })));
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const found = await this.#read(this.#hash(id));
    return found && { ...found, jti: id };
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    const pointer = await this.#world.table.get(keys.oauthSessionByUid(this.#hash(uid)));
    return pointer && this.#read(Pointer.parse(pointer).hash);
  }

  /** Codes on screens are for devices without a browser: there are none here. */
  async findByUserCode(): Promise<undefined> {
    return undefined;
  }

  /** Once: of two at the same time the second fails, and ends what the first has got. */
  async consume(id: string): Promise<void> {
    const { table, now } = this.#world;
    const key = keys.oauthArtefact(this.#model, this.#hash(id));
    const set = { consumed: Math.floor(now().getTime() / 1000) };
    try {
      const when = { model: this.#model, consumed: undefined };
      await table.write([{ op: 'update', key, set, when }]);
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
      const row = await table.get(key);
      const grantId = row && Stored.parse(row).grant_id;
      if (grantId) await this.revokeByGrantId(grantId);
      throw new errors.InvalidGrant('already consumed');
    }
  }

  async destroy(id: string): Promise<void> {
    await this.#delete(this.#model, id);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await this.#delete('Grant', grantId);
  }

  async #read(hash: string): Promise<AdapterPayload | undefined> {
    const row = await this.#world.table.get(keys.oauthArtefact(this.#model, hash));
    if (!row) return undefined;
    const { payload, consumed } = Stored.parse(row);
    return { ...payload, ...(consumed === undefined ? {} : { consumed }) };
  }

  async #delete(model: string, id: string): Promise<void> {
    const key = keys.oauthArtefact(model, this.#hash(id));
    await this.#world.table.write([{ op: 'delete', key }]);
  }

  #hash(id: string): string {
    return artefactHash(this.#world.issuer, id);
  }
}

/** What the library gives no end to. */
const LONGEST_S = 365 * 86_400;

/** An id is kept as its hash alone, and not within another's row either. */
function withoutSecrets({ jti: _jti, ...payload }: AdapterPayload): AdapterPayload {
  if (!payload.session) return payload;
  const { cookie: _cookie, ...session } = payload.session;
  return { ...payload, session };
}
