import { describe, expect, test } from 'vitest';
import { known, read, refresh } from '#test/support/configured.ts';
import { testContext } from '#test/support/context.ts';
import { answer, hotPlace, peer, report, withTwo } from '#test/support/monitored.ts';
import { settle } from '#test/support/settle.ts';

describe('a report of monitors', () => {
  test('says which there are, and, when it is whole, which are gone', async () => {
    const ctx = testContext();
    const charger = await withTwo(ctx);
    ctx.tick(1000);
    const { id } = await refresh(ctx, { what: 'items', monitors: true });
    const { requestId } = charger.lastAsked().payload;
    await answer(charger);
    await charger.call('NotifyMonitoringReport', report(requestId, 1, 7));
    expect(await known(ctx)).toMatchObject({ monitors: [{ id: 7 }, { id: 11 }, { id: 12 }] });
    for (const _ of [1, 2])
      await charger.call('NotifyMonitoringReport', report(requestId, 0, 11, { tbc: true }));
    await settle(ctx);
    expect(await known(ctx)).toMatchObject({
      monitors: [
        { id: 7, source: 'charger' },
        { id: 11, source: 'platform' },
      ],
    });
    expect(await read(ctx, id)).toMatchObject({
      status: 'completed',
      result: { data: { parts: 2 } },
    });
  });

  test('may tell of severities there are not, and of far EVSEs', async () => {
    const ctx = testContext();
    const charger = await peer(ctx);
    const limit = { id: 5, type: 'Delta', value: 0, severity: 99, transaction: true };
    const component = { name: 'EVSE', evse: { id: 70_000 } };
    const monitor = [{ ...hotPlace, component, variableMonitoring: [limit] }];
    await charger.call('NotifyMonitoringReport', report(99, 0, 7, { monitor }));
    expect(await known(ctx)).toMatchObject({ monitors: [{ severity: 99, evse_id: 70_000 }] });
  });

  test('is kept though nobody asked for it, and takes nothing away', async () => {
    const ctx = testContext();
    const charger = await withTwo(ctx);
    ctx.tick(1000);
    await charger.call('NotifyMonitoringReport', report(99, 0, 7));
    expect(await known(ctx)).toMatchObject({ monitors: [{ id: 7 }, { id: 11 }, { id: 12 }] });
  });
});
