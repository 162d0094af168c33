import * as z from 'zod';
import type { TestContext } from '#test/support/context.ts';
import type { FakeCharger } from '#test/support/fake-charger.ts';
import { answerAll, ask, firstOf } from '#test/support/isolation/place.ts';
import { settle } from '#test/support/settle.ts';

const MINUTE = 60_000;
const Started = z.object({ transactionId: z.int() });
const Asked = z.object({ session_id: z.string() });

/** Who charges where. */
interface Charging {
  readonly ctx: TestContext;
  readonly charger: FakeCharger;
  readonly idTag: string;
}

interface Plan {
  readonly uid: string;
  readonly external_ref: string;
  readonly driver_id: string;
  readonly charges: number;
}

/** Two charges with a card: one that has ended, with its CDR, and one that goes on at the other charger. */
export async function chargeByCard(
  ctx: TestContext,
  uid: string,
  { online, other }: { readonly online: FakeCharger; readonly other: FakeCharger },
) {
  const at = { ctx, charger: online, idTag: uid };
  await end(at, await begin(at));
  const ended = await newest(ctx, online);
  const cdr = await firstOf(ctx, 'listCdrs', 'cdrs', { query: { session_id: ended } });
  await begin201({ ctx, charger: other, idTag: uid }, 2);
  const session = await newest(ctx, other);
  return { ids: { session, cdr }, spare: { ended, session201: session } };
}

/**
 * Charges at a site: some with a card that have ended, each with its CDR, one that was asked for over
 * REST and goes on, and one at a charger of OCPP 2.0.1.
 */
export async function chargeAt(
  ctx: TestContext,
  { uid, external_ref, driver_id, charges }: Plan,
  { online, other }: { readonly online: FakeCharger; readonly other: FakeCharger },
) {
  const at = { ctx, charger: online, idTag: uid };
  for (let n = 0; n < charges; n++) await end(at, await begin(at));
  const ended = await newest(ctx, online);
  const of = { charger_id: online.id };
  const cdr = await firstOf(ctx, 'listCdrs', 'cdrs', { query: { ...of, session_id: ended } });
  const body = { ...of, connector: 1, external_ref, driver_id };
  const session = Asked.parse(await ask(ctx, 'startSession', { body })).session_id;
  await answerAll(online);
  await begin({ ...at, idTag: session.slice(-20) });
  await begin201({ ctx, charger: other, idTag: uid }, 1);
  return { ids: { session, cdr }, spare: { ended, session201: await newest(ctx, other) } };
}

const newest = (ctx: TestContext, { id }: FakeCharger) =>
  firstOf(ctx, 'listSessions', 'sessions', { query: { charger_id: id, limit: 1 } });

async function begin({ ctx, charger, idTag }: Charging): Promise<number> {
  const timestamp = () => ctx.now().toISOString();
  await charger.say('Authorize', { idTag });
  const start = { connectorId: 1, idTag, meterStart: 1000, timestamp: timestamp() };
  const { transactionId } = Started.parse(await charger.say('StartTransaction', start));
  for (const value of ['1200', '1400']) {
    ctx.tick(MINUTE);
    const meterValue = [{ timestamp: timestamp(), sampledValue: [{ value }] }];
    await charger.say('MeterValues', { connectorId: 1, transactionId, meterValue });
  }
  await settle(ctx);
  return transactionId;
}

async function end({ ctx, charger, idTag }: Charging, transactionId: number): Promise<void> {
  ctx.tick(MINUTE);
  const timestamp = ctx.now().toISOString();
  await charger.say('StopTransaction', { transactionId, idTag, meterStop: 1600, timestamp });
  await settle(ctx);
}

async function begin201({ ctx, charger, idTag }: Charging, evse: number): Promise<void> {
  await charger.say('TransactionEvent', {
    eventType: 'Started',
    timestamp: ctx.now().toISOString(),
    triggerReason: 'Authorized',
    seqNo: 0,
    transactionInfo: { transactionId: `TX-${charger.id}-${evse}`, chargingState: 'Charging' },
    evse: { id: evse, connectorId: 1 },
    idToken: { idToken: idTag, type: 'ISO14443' },
  });
  await settle(ctx);
}
