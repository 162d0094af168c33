import { expect, test } from 'vitest';
import { steadyMessages } from '#bench/units/ocpp-units.ts';
import { buildSite } from '#bench/units/site.ts';

const site = await buildSite({ charges: 1 });
const { heartbeat, meterValues } = await steadyMessages(site);

test('a heartbeat in steady state writes nothing', () => {
  expect(heartbeat.writes).toBe(0);
});

// Two writes in one transaction, which DynamoDB bills double: 2 x 2 units, if each is 1 KB at most.
test('a meter value with five gauges, an hour into a charge, is two writes of a kilobyte at most', () => {
  const writes = meterValues.items.filter(({ wru }) => wru > 0);
  expect(writes).toHaveLength(2);
  for (const { bytes } of writes) expect(bytes).toBeLessThanOrEqual(1024);
  expect(meterValues.writes).toBe(4);
});
