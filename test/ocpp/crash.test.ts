import { expect, test } from 'vitest';
import { listCdrs } from '#shared/cdrs/list-cdrs.ts';
import { getChargerView } from '#shared/chargers/charger-view.ts';
import { orphansOf } from '#shared/sessions/orphans.ts';
import { EIGHT_KWH, start16, stop16 } from '#test/support/charge-16.ts';
import { eventOf, hour201 } from '#test/support/charge-201.ts';
import { type Crash, CrashingTable } from '#test/support/crashing-table.ts';
import { aPricedPeer, atMinute, MINUTE, sessionsOf } from '#test/support/ocpp-site.ts';
import { settle } from '#test/support/settle.ts';

type Message = readonly [action: string, payload: object];
type Version = 'ocpp1.6' | 'ocpp2.0.1';

const sample = (minute: number, wh: number) => [
  { timestamp: atMinute(minute), sampledValue: [{ value: String(wh) }] },
];
const report = (status: string, minute: number) =>
  [
    'StatusNotification',
    { connectorId: 1, errorCode: 'NoError', status, timestamp: atMinute(minute) },
  ] as const;

/** Stands for the number that the start was answered with. */
const NUMBER = 'number';

const hour16: readonly Message[] = [
  ['StartTransaction', start16()],
  report('Charging', 1),
  ['MeterValues', { connectorId: 1, transactionId: NUMBER, meterValue: sample(30, 1_004_000) }],
  report('SuspendedEV', 55),
  ['StopTransaction', stop16(NUMBER)],
  report('Available', 61),
];
const unanswered16: readonly Message[] = [
  ['StartTransaction', start16()],
  ['StopTransaction', stop16(-1)],
];
const backwards16 = unanswered16.toReversed();

/** First the token, then the place: every step of an event is needed. */
const late201 = hour201.map((event, n): Message => {
  const { evse: _, token: __, ...bare } = event;
  if (n === 0) return ['TransactionEvent', eventOf(bare)];
  return [
    'TransactionEvent',
    eventOf(n === 1 ? { ...event, token: 'DRIVER', evse: { id: 1 } } : event),
  ];
});
const plain201 = hour201.map((event): Message => ['TransactionEvent', eventOf(event)]);

/** All that a charge leaves behind, when the n-th message is hit by a crash and then repeated. */
async function afterwards(
  version: Version,
  hour: readonly Message[],
  hit?: { n: number; crash: Crash },
) {
  const { ctx, charger } = await aPricedPeer({ version });
  ctx.tick(61 * MINUTE);
  let hasCrashed = false;
  let number: unknown = 'none yet';
  for (const [n, [action, payload]] of hour.entries()) {
    const sent = JSON.parse(JSON.stringify(payload), (_, v: unknown) =>
      v === NUMBER ? number : v,
    );
    if (hit?.n === n) {
      const table = new CrashingTable(ctx.table, hit.crash);
      await charger.say(JSON.stringify([2, `message-${n}`, action, sent]), table);
      hasCrashed = table.hasCrashed;
    }
    const answer = await charger.call(action, sent, `message-${n}`);
    number = answer['transactionId'] ?? number;
  }
  await settle(ctx);
  const sessions = await sessionsOf(ctx);
  const { items: cdrs } = await listCdrs(ctx, {}, { limit: 10 });
  const { connectors } = await getChargerView(ctx, 'CP-1');
  const left = {
    sessions: sessions.map((s) => [
      s.status,
      s.energy_kwh,
      s.cost.lines,
      s.flags,
      s.idle_minutes,
      s.charging_started_at,
      s.ended_at,
      s.meter_start_kwh,
      s.meter_stop_kwh,
      s.stop_reason,
      s.token_uid_masked,
      s.connector,
    ]),
    cdrs: cdrs.map((cdr) => [cdr.number, cdr.energy_kwh, cdr.total]),
    connectors: connectors.map((c) => [c.id, c.status, c.session_id]),
    orphans: await orphansOf(ctx, 'CP-1'),
  };
  return { left, hasCrashed, sessions };
}

test.each([
  ['a charge in 1.6', 'ocpp1.6', hour16],
  ['a charge in 1.6 whose start was never answered', 'ocpp1.6', unanswered16],
  ['a charge in 1.6 whose stop came first', 'ocpp1.6', backwards16],
  ['a charge in 2.0.1', 'ocpp2.0.1', plain201],
  ['a charge in 2.0.1 that tells everything late', 'ocpp2.0.1', late201],
] as const)('%s is the same wherever a process dies in it', async (_what, version, hour) => {
  const whole = await afterwards(version, hour);
  expect(whole.sessions).toMatchObject([EIGHT_KWH]);
  expect(whole.left.cdrs).toHaveLength(1);
  let crashes = 0;
  for (const n of hour.keys()) {
    for (const done of [false, true]) {
      for (let at = 0; ; at++) {
        const hurt = await afterwards(version, hour, { n, crash: { at, done } });
        if (!hurt.hasCrashed) break;
        crashes += 1;
        expect(hurt.left, `message ${n}, write ${at}, done ${done}`).toEqual(whole.left);
      }
    }
  }
  expect(crashes).toBeGreaterThan(hour.length);
});
