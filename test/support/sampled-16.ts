import { listMeterValues } from '#shared/sessions/meter-values.ts';
import type { MeterSample } from '#shared/sessions/sample.ts';
import { anHour16 } from '#test/support/charge-16.ts';
import type { TestContext } from '#test/support/context.ts';
import { atMinute, theSession } from '#test/support/ocpp-site.ts';

/** A meter value of half past noon. */
export const at30 = (...sampledValue: object[]) => [{ timestamp: atMinute(30), sampledValue }];
/** The imported energy, its attributes left out. */
export const register = (value: unknown, more: object = {}) => ({ value, ...more });
export const of = (measurand: string, value: unknown, more: object = {}) => ({
  measurand,
  value,
  ...more,
});

export async function lastSample(ctx: TestContext): Promise<MeterSample | undefined> {
  const { items } = await listMeterValues(ctx, (await theSession(ctx)).id, { limit: 50 });
  return items.at(-1);
}

/** A sample taken half an hour into a transaction that began at 1,000 kWh. */
export async function sampled(sampledValue: object[]) {
  const { ctx, charger, transactionId } = await anHour16();
  const report = { connectorId: 1, transactionId, meterValue: at30(...sampledValue) };
  await charger.call('MeterValues', report);
  return { sample: await lastSample(ctx), session: await theSession(ctx), ctx, charger };
}
