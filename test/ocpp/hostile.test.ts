import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { strangeNumbers } from '#shared/ocpp/repair/numbers.ts';
import { validatorFor } from '#shared/ocpp/schemas/validate.ts';
import { ocpp16 } from '#shared/ocpp/v16/index.ts';
import { ocpp201 } from '#shared/ocpp/v201/index.ts';
import { testContext } from '#test/support/context.ts';
import { aPeer } from '#test/support/ocpp-peer.ts';
import { sessionsOf } from '#test/support/ocpp-site.ts';

const protocols = [ocpp16, ocpp201];
const actions = [...new Set(protocols.flatMap((p) => p.inbound.map((a) => a.action)))];

const Answer = z.tuple([z.int(), z.string()]).rest(z.unknown());

/** Anything a socket may bring. */
const noise = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => new TextDecoder().decode(bytes)),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.json(),
  fc
    .tuple(
      fc.constantFrom(2, 2, 2, 3, 4, 5, 6),
      fc.string(),
      fc.constantFrom(...actions),
      fc.object(),
    )
    .map((frame) => JSON.stringify(frame)),
  fc.nat(200_000).map((n) => `[2,"id","Heartbeat",${' '.repeat(n)}{}]`),
  fc.nat(5000).map((depth) => `[2,"id","DataTransfer",${'['.repeat(depth)}${']'.repeat(depth)}]`),
);

/** Values that a schema allows and no charger should send. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(0, -1, 1, 2, 1e300, -1e300, 2 ** 53, 0.1, '', ' ', '0', '-1', '1e999'),
  fc.constantFrom<unknown>('0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '2026-02-29T00:00:00Z'),
  fc.constantFrom<unknown>('1970-01-01T00:00:00Z', '2026-06-01T04:30:00+14:00', '__proto__', '\0'),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.double(),
  fc.integer(),
  fc.jsonValue({ maxDepth: 1 }),
);

type Path = readonly (string | number)[];

/** Every place in a message where a value stands. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, child]) => pathsOf(child, [...path, key]))];
}

function withValue(root: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(root))
    return root.map((item, n) => (String(n) === String(key) ? withValue(item, rest, value) : item));
  const fields: Record<string, unknown> = { ...Object(root) };
  return { ...fields, [key]: withValue(fields[String(key)], rest, value) };
}

const charge = {
  connectorId: 1,
  idTag: 'A',
  meterStart: 1000,
  timestamp: '2026-06-01T04:30:00Z',
};
const metered = [
  { timestamp: '2026-06-01T04:31:00Z', sampledValue: [{ value: '1500', unit: 'Wh', phase: 'L1' }] },
];
const metered201 = [
  {
    timestamp: '2026-06-01T04:31:00Z',
    sampledValue: [{ value: 1500, unitOfMeasure: { unit: 'Wh', multiplier: 0 } }],
  },
];
const event = (eventType: string, seqNo: number) => ({
  eventType,
  seqNo,
  timestamp: '2026-06-01T04:31:00Z',
  triggerReason: 'Trigger',
  offline: false,
  transactionInfo: { transactionId: 'T', chargingState: 'Charging', remoteStartId: 7 },
  evse: { id: 1, connectorId: 1 },
  idToken: { idToken: 'A', type: 'Central' },
  meterValue: metered201,
});

/** Fuller messages than the examples, so that there is more to get wrong. */
const fuller: Readonly<Record<string, readonly (readonly [string, object])[]>> = {
  'ocpp1.6': [
    ['StartTransaction', { ...charge, reservationId: 1 }],
    ['MeterValues', { connectorId: 1, transactionId: 1, meterValue: metered }],
    [
      'StopTransaction',
      {
        transactionId: 1,
        meterStop: 2000,
        timestamp: charge.timestamp,
        idTag: 'A',
        reason: 'Local',
        transactionData: metered,
      },
    ],
    [
      'StatusNotification',
      { connectorId: 1, errorCode: 'NoError', status: 'SuspendedEV', timestamp: charge.timestamp },
    ],
  ],
  'ocpp2.0.1': [
    ['TransactionEvent', event('Started', 0)],
    ['TransactionEvent', event('Updated', 1)],
    ['TransactionEvent', event('Ended', 2)],
    ['MeterValues', { evseId: 1, meterValue: metered201 }],
  ],
};

describe.each(protocols)('$version', ({ version, inbound }) => {
  test('whatever comes is survived, and answered by one frame at most', async () => {
    const charger = await aPeer(testContext(), { version });
    await fc.assert(
      fc.asyncProperty(noise, async (text) => {
        expect((await charger.say(text)).length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 100 },
    );
    expect(await charger.call('Heartbeat')).toHaveProperty('currentTime');
  });

  test('whatever the schema allows is answered by a result, and leaves every session readable', async () => {
    const samples = [
      ...inbound.map(({ action, example }) => [action, example] as const),
      ...(fuller[version] ?? []),
    ];
    const message = fc.constantFrom(...samples).chain(([action, payload]) =>
      fc
        .array(fc.tuple(fc.constantFrom(...pathsOf(payload).slice(1), ['other']), odd), {
          maxLength: 3,
        })
        .map((changes) => ({
          action,
          payload: changes.reduce((now, [path, value]) => withValue(now, path, value), payload),
        })),
    );
    const series = fc.array(message, { minLength: 1, maxLength: 8 });
    let valid = 0;
    await fc.assert(
      fc.asyncProperty(series, async (messages) => {
        const ctx = testContext();
        const charger = await aPeer(ctx, { version });
        for (const { action, payload } of messages) {
          const sent = JSON.parse(JSON.stringify(payload));
          // A number that no double holds exactly cannot be kept as it was meant.
          const isExact = strangeNumbers(sent).every(({ keyword }) => keyword !== 'safe');
          const isValid = isExact && !(await validatorFor(version, action, 'request'))(sent);
          const [frame, another] = await charger.say(JSON.stringify([2, 'id', action, payload]));
          expect(another).toBeUndefined();
          const [type, id] = Answer.parse(frame?.json);
          expect(id).toBe('id');
          expect(type).toBeOneOf(isValid ? [3] : [3, 4]);
          expect(frame?.text).not.toContain('InternalError');
          valid += isValid ? 1 : 0;
        }
        for (const session of await sessionsOf(ctx))
          expect(session.energy_kwh).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 100 },
    );
    expect(valid).toBeGreaterThan(100);
  }, 30_000);
});
