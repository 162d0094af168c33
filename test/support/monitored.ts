import { endpoint } from '#functions/api/configuration/set-charger-monitors.ts';
import { call } from '#test/support/call.ts';
import { params } from '#test/support/configured.ts';
import type { TestContext } from '#test/support/context.ts';
import { aPeer, type OcppPeer } from '#test/support/ocpp-peer.ts';

/** Asks for these monitors and no others. */
export const put = async (ctx: TestContext, body: object) =>
  (await call(ctx, endpoint, { params, body })).body;

export const hot = (value = 70) => ({
  component: 'ChargingStation',
  name: 'Temperature',
  type: 'upper_threshold',
  value,
  severity: 2,
});
export const silent = {
  component: 'EVSE',
  evse_id: 1,
  name: 'Power',
  type: 'delta',
  value: 5,
  severity: 8,
};
export const hotPlace = {
  component: { name: 'ChargingStation' },
  variable: { name: 'Temperature' },
};
const silentPlace = { component: { name: 'EVSE', evse: { id: 1 } }, variable: { name: 'Power' } };
export const hotSet = { ...hotPlace, type: 'UpperThreshold', severity: 2 };
export const silentSet = { ...silentPlace, type: 'Delta', severity: 8 };

export const peer = (ctx: TestContext) => aPeer(ctx, { version: 'ocpp2.0.1' });
export const answer = (charger: OcppPeer, payload?: object) =>
  charger.reply(charger.lastAsked(), payload);

/** A charger with both monitors set over the API, as 11 and 12. */
export async function withTwo(ctx: TestContext) {
  const charger = await peer(ctx);
  await put(ctx, { monitors: [hot(), silent] });
  await answer(charger, {
    setMonitoringResult: [
      { ...silentSet, id: 12, status: 'Accepted' },
      { ...hotSet, id: 11, status: 'Accepted' },
    ],
  });
  return charger;
}

export const report = (requestId: unknown, seqNo: number, id: number, more: object = {}) => ({
  requestId,
  seqNo,
  generatedAt: '2026-06-01T04:30:00Z',
  monitor: [
    {
      ...hotPlace,
      variableMonitoring: [
        { id, type: 'UpperThreshold', value: 70, severity: 2, transaction: false },
      ],
    },
  ],
  ...more,
});
