import { describe, expect, test } from 'vitest';
import { buildSite, reconnect } from '#bench/units/site.ts';
import { afterLosing, steadyMessages } from '#bench/units/steady.ts';
import type { Reading } from '#shared/db/metered-table.ts';
import { createToken } from '#shared/tokens/manage-tokens.ts';
import { NewToken } from '#shared/tokens/new-token.ts';

const site = await buildSite({ charges: 1 });
const of16 = await steadyMessages(site, site.dc);
await reconnect(site);
const of201 = await steadyMessages(site, site.dc201);

const sizesOf = ({ items }: Reading) =>
  items.filter(({ wru }) => wru > 0).map(({ bytes }) => bytes);

describe.each([
  ['1.6', of16],
  ['2.0.1', of201],
] as const)('OCPP %s', (_, { heartbeat, meterValue }) => {
  test('a heartbeat in steady state writes nothing', () => {
    expect(heartbeat.writes).toBe(0);
  });

  // Two writes in one transaction, which DynamoDB bills double: 2 x 2 units, if each is 1 KB at most.
  test('a meter value with five gauges, an hour into a charge, is two writes of a kilobyte at most', () => {
    expect(sizesOf(meterValue)).toHaveLength(2);
    for (const bytes of sizesOf(meterValue)) expect(bytes).toBeLessThanOrEqual(1024);
    expect(meterValue.writes).toBe(4);
  });
});

// The transaction, and the two rows of its session; 2.0.1 also the charger, its connectors, and the one.
test('a meter value reads nothing twice', () => {
  expect(of16.meterValue.reads).toBe(3);
  expect(of201.meterValue.reads).toBe(6);
});

// Two readers of the stream, and webhooks for session.updated and soc.updated.
test('a meter value makes four functions work after it, and no more', () => {
  for (const { followed } of [of16, of201]) {
    const { calls } = followed.total((name) => !name.startsWith('ocpp/'));
    expect(calls).toBe(4);
  }
});

test.each([1, 3, 10])(
  'a meter value stays so small while %i reports before it are missing',
  async (lost) => {
    const [opening, open] = await afterLosing(await buildSite({ charges: 1 }), lost);
    for (const reading of [opening, open]) {
      if (!reading) throw new Error('Nothing was said');
      expect(sizesOf(reading)).toHaveLength(2);
      for (const bytes of sizesOf(reading)) expect(bytes).toBeLessThanOrEqual(1024);
    }
  },
);

// What is told of it names the driver, 31 bytes more, and is told under shorter names than before.
test('a meter value costs the same where the card is a driver’s, also while reports are missing', async () => {
  const card = { uid: '04A2B3C4D5E6F7', driver_id: 'drv_01JV9W8Q0T6H3M5X7B2K4N1DZC' };
  const driven = await buildSite({ charges: 1 });
  await createToken(driven.world.context(), NewToken.parse(card));
  const { meterValue } = await steadyMessages(driven, driven.dc);
  expect(meterValue.writes).toBe(of16.meterValue.writes);
  expect(meterValue.reads).toBe(of16.meterValue.reads);
  await reconnect(driven);
  for (const holed of await afterLosing(driven, 3))
    for (const bytes of sizesOf(holed)) expect(bytes).toBeLessThanOrEqual(1024);
});
