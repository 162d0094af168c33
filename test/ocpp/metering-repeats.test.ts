import { expect, test } from 'vitest';
import { listMeterValues } from '#shared/sessions/meter-values.ts';
import { anHour16 } from '#test/support/charge-16.ts';
import { atMinute, theSession } from '#test/support/ocpp-site.ts';

const sample = (minute: number, wh: number) => [
  { timestamp: atMinute(minute), sampledValue: [{ value: String(wh) }] },
];

test('takes a meter value once that is repeated, and another of the same register', async () => {
  const { ctx, charger, transactionId } = await anHour16();
  const said = { connectorId: 1, transactionId, meterValue: sample(10, 1_002_000) };
  for (const id of ['first', 'first', 'second']) await charger.call('MeterValues', said, id);
  const later = { ...said, meterValue: sample(20, 1_002_000) };
  await charger.call('MeterValues', later);
  const { id } = await theSession(ctx);
  const { items } = await listMeterValues(ctx, id, { limit: 10 });
  expect(items.map(({ at }) => at)).toEqual(
    [10, 20].map((minute) => new Date(atMinute(minute)).toISOString()),
  );
});
