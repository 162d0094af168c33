import { describe, test } from 'vitest';
import { endpoint as getCharger } from '#functions/api/chargers/get-charger.ts';
import { locateConnector } from '#shared/connectors/locate-connector.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { aCharger } from '#test/support/fake-charger.ts';

const locate = async (ctx: TestContext, evse: number, connector?: number) =>
  (await locateConnector(ctx, 'BLR-015', evse, connector)).id;
const numbersOf = async (ctx: TestContext) => {
  const { body } = await call(ctx, getCharger, { params: { charger_id: 'BLR-015' } });
  return body['connectors'];
};

describe('the number of a 2.0.1 connector', () => {
  test('is that of its EVSE, where nothing else is known', async ({ expect }) => {
    const ctx = testContext();
    await aCharger(ctx, 'BLR-015', { connectors: [] });
    expect([await locate(ctx, 1, 1), await locate(ctx, 2, 1)]).toEqual([1, 2]);
    expect([await locate(ctx, 2, 1), await locate(ctx, 1, 1)]).toEqual([2, 1]);
  });

  test('is the registered one, though it was registered without an EVSE', async ({ expect }) => {
    const ctx = testContext();
    await aCharger(ctx, 'BLR-015', { connectors: [{ id: 1, type: 'CCS2', power_kw: 120 }] });
    expect(await locate(ctx, 1, 1)).toBe(1);
    expect(await numbersOf(ctx)).toMatchObject([
      { id: 1, type: 'CCS2', power_kw: 120, evse_id: 1 },
    ]);
  });

  test('tells two connectors of one EVSE apart, registered by the EVSE alone', async ({
    expect,
  }) => {
    const ctx = testContext();
    await aCharger(ctx, 'BLR-015', { connectors: [{ id: 1, evse_id: 1 }] });
    expect([await locate(ctx, 1, 1), await locate(ctx, 1, 2)]).toEqual([1, 2]);
    expect([await locate(ctx, 1, 1), await locate(ctx, 1, 2)]).toEqual([1, 2]);
  });

  test('is found without a connector id, where the EVSE has one', async ({ expect }) => {
    const ctx = testContext();
    await aCharger(ctx, 'BLR-015', {
      connectors: [
        { id: 7, evse_id: 1, evse_connector_id: 1 },
        { id: 8, evse_id: 2, evse_connector_id: 1 },
      ],
    });
    expect(await locate(ctx, 2)).toBe(8);
  });
});
