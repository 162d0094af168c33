import { applyPatch } from '#shared/core/apply-patch.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { countBy } from '#shared/core/counts.ts';
import { canonicalEmaid } from '#shared/core/emaid.ts';
import { AppError } from '#shared/core/errors.ts';
import { retrying } from '#shared/core/retry.ts';
import { allowedSites } from '#shared/core/site-access.ts';
import { ConditionFailed } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import { TokenCreated, TokenDeleted, TokenUpdated } from '#shared/tokens/events.ts';
import type { NewToken, TokenPatch } from '#shared/tokens/new-token.ts';
import { getToken, Token, tokenItem } from '#shared/tokens/token.ts';
import { type TokenView, tokenView } from '#shared/tokens/token-view.ts';

/**
 * Throws `conflict` where the organization has a token of this uid, in whatever spelling, and
 * `site_restricted`: a token opens chargers everywhere.
 */
export async function createToken(ctx: Context, input: NewToken): Promise<TokenView> {
  if (allowedSites(ctx))
    throw new AppError(
      'site_restricted',
      'This credential is restricted to sites; tokens are not.',
    );
  const at = isoNow(ctx);
  const id = ctx.newId('tok');
  const uid = input.type === 'emaid' ? (canonicalEmaid(input.uid) ?? input.uid) : input.uid;
  const token = { ...Token.parse({ ...input, uid, created_at: at, updated_at: at }), id };
  const view = tokenView(ctx, token);
  try {
    await commit(ctx, {
      aggregate: { kind: 'token', id, version: token.version },
      writes: [
        { op: 'put', when: 'absent', item: tokenItem(ctx, token) },
        { op: 'put', when: 'absent', item: { ...keys.tokenId(ctx.tenantId, id), uid: token.uid } },
        countBy(keys.count(ctx.tenantId, 'token'), 1),
      ],
      events: [
        eventOf(ctx, TokenCreated, {
          id,
          version: token.version,
          ...ofDriver(token),
          object: view,
        }),
      ],
    });
  } catch (error) {
    throw error instanceof ConditionFailed ? taken(token.uid) : error;
  }
  return view;
}

/** Throws not_found, etag_mismatch. */
export async function updateToken(
  ctx: Context,
  id: string,
  patch: TokenPatch,
  ifMatch?: number,
): Promise<TokenView> {
  return retrying(async () => {
    const before = await tokenAt(ctx, id, ifMatch);
    const next = applyPatch(before, patch);
    const previous = changedFrom(before, next);
    if (Object.keys(previous).length === 0) return tokenView(ctx, before);
    const token = { ...next, id, version: before.version + 1, updated_at: isoNow(ctx) };
    const view = tokenView(ctx, token);
    const { version } = token;
    await commit(ctx, {
      aggregate: { kind: 'token', id, version },
      writes: [{ op: 'put', when: unchanged(before), item: tokenItem(ctx, token) }],
      events: [
        eventOf(ctx, TokenUpdated, { id, version, ...ofDriver(token), object: view, previous }),
      ],
    });
    return view;
  });
}

/** From now on its uid is unknown. Throws not_found, etag_mismatch. */
export async function deleteToken(ctx: Context, id: string, ifMatch?: number): Promise<void> {
  await retrying(async () => {
    const token = await tokenAt(ctx, id, ifMatch);
    const version = token.version + 1;
    const object = { ...tokenView(ctx, token), resource_version: version };
    await commit(ctx, {
      aggregate: { kind: 'token', id, version },
      writes: [
        { op: 'delete', key: keys.token(ctx.tenantId, token.uid), when: unchanged(token) },
        { op: 'delete', key: keys.tokenId(ctx.tenantId, id) },
        countBy(keys.count(ctx.tenantId, 'token'), -1),
      ],
      events: [eventOf(ctx, TokenDeleted, { id, version, ...ofDriver(token), object })],
    });
  });
}

/** Whose it is now; who had it before is not told of what follows. */
const ofDriver = ({ driver_id }: Token) => (driver_id === null ? {} : { scope: { driver_id } });

async function tokenAt(ctx: Context, id: string, ifMatch: number | undefined): Promise<Token> {
  const token = await getToken(ctx, id);
  if (ifMatch !== undefined && token.version !== ifMatch)
    throw new AppError('etag_mismatch', 'The token has changed since you read it.');
  return token;
}

/** Another token may have got its uid meanwhile, with versions of its own. */
const unchanged = ({ id, version }: Token) => ({ id: id ?? undefined, version });

const taken = (uid: string) =>
  new AppError('conflict', `There is a token with the uid ${uid} already.`, {
    errors: [{ field: 'uid', code: 'taken', message: 'Change that token, or delete it first.' }],
  });

function changedFrom(before: Token, after: Token): Record<string, unknown> {
  const next = new Map<string, unknown>(Object.entries(after));
  const differs = ([name, value]: [string, unknown]) =>
    JSON.stringify(value) !== JSON.stringify(next.get(name));
  return Object.fromEntries(Object.entries(before).filter(differs));
}
