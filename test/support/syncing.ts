import { endpoint as getCommand } from '#functions/api/commands/get-command.ts';
import { endpoint as syncLocalAuthList } from '#functions/api/tokens/sync-local-auth-list.ts';
import { disconnected } from '#shared/chargers/connectivity.ts';
import { call } from '#test/support/call.ts';
import type { TestContext } from '#test/support/context.ts';
import { aToken, ListedCharger } from '#test/support/listed-charger.ts';
import { aPeer } from '#test/support/ocpp-peer.ts';
import { aPricedPeer, MINUTE } from '#test/support/ocpp-site.ts';
import { settle } from '#test/support/settle.ts';

/** A charger, and so many tokens, of which it takes 50 at once. */
export async function aListedCharger(tokens: number) {
  const { ctx, charger: peer } = await aPricedPeer();
  for (let n = 0; n < tokens; n++) await aToken(ctx, `CARD-${n}`);
  return { ctx, charger: new ListedCharger(ctx, peer) };
}

/** Asks for a sync; its command. */
export async function beginSync(ctx: TestContext, body: object = {}): Promise<string> {
  const params = { charger_id: 'CP-1' };
  const reply = await call(ctx, syncLocalAuthList, { params, body });
  await settle(ctx);
  return String(reply.body['id']);
}

/** A command, as it is read. */
export const commandOf = async (ctx: TestContext, id: string) =>
  (await call(ctx, getCommand, { params: { command_id: id } })).body;

/** Answers so many calls. */
export async function answerSome(ctx: TestContext, charger: ListedCharger, calls: number) {
  for (let n = 0; n < calls; n++) {
    const next = charger.next();
    if (next) await charger.answer(next);
    await settle(ctx);
  }
}

/** It loses its socket, and comes back. */
export async function reconnect(ctx: TestContext, { peer }: ListedCharger, minutes: number) {
  const { connectionId } = peer.sender;
  await disconnected(ctx, 'CP-1', connectionId);
  for (const wait of [MINUTE, (minutes - 1) * MINUTE]) {
    await settle(ctx);
    ctx.tick(wait);
  }
  await settle(ctx);
  const again = await aPeer(ctx, { id: 'CP-1', registered: true, connectionId });
  await settle(ctx);
  return again;
}
