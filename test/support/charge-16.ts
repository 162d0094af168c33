import { aPricedPeer, atMinute, MINUTE } from '#test/support/ocpp-site.ts';

/** A charge of 8 kWh in the hour from noon on, as OCPP 1.6 reports it. */
export const start16 = (more: object = {}) => ({
  connectorId: 1,
  idTag: 'DRIVER',
  meterStart: 1_000_000,
  timestamp: atMinute(0),
  ...more,
});
export const stop16 = (transactionId: unknown, more: object = {}) => ({
  transactionId,
  idTag: 'DRIVER',
  meterStop: 1_008_000,
  timestamp: atMinute(60),
  ...more,
});

/** 8 kWh at 16.00 = 128.00; GST 18 % = 23.04. */
export const EIGHT_KWH = {
  status: 'ended',
  energy_kwh: 8,
  cost: { subtotal: { amount: '128.00' }, total: { amount: '151.04' } },
};

/** A charger an hour into a transaction. */
export async function anHour16() {
  const { ctx, charger } = await aPricedPeer();
  const { transactionId } = await charger.call('StartTransaction', start16());
  ctx.tick(60 * MINUTE);
  return { ctx, charger, transactionId };
}
