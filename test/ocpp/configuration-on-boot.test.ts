import { expect, test } from 'vitest';
import { readOnBoot } from '#shared/configuration/read-on-boot.ts';
import { testContext } from '#test/support/context.ts';
import { aPeer } from '#test/support/ocpp-peer.ts';
import { settle } from '#test/support/settle.ts';

const wanting = () => testContext({ organization: { read_configuration_on_boot: true } });

test.each([
  ['ocpp1.6', 'GetConfiguration'],
  ['ocpp2.0.1', 'GetBaseReport'],
] as const)(
  'an organization may want the configuration of %s chargers read on boot',
  async (version, action) => {
    const ctx = wanting();
    const charger = await aPeer(ctx, { version });
    await settle(ctx);
    expect(charger.asked()).toMatchObject([{ action }]);
  },
);

test('a boot that is told twice is followed by one reading, another boot by another', async () => {
  const ctx = wanting();
  const charger = await aPeer(ctx);
  await settle(ctx);
  await charger.reply(charger.lastAsked(), {});
  for (const boot of ['evt_1', 'evt_1', 'evt_2', 'evt_2']) await readOnBoot(ctx, 'CP-1', boot);
  await settle(ctx);
  await charger.reply(charger.lastAsked(), {});
  await settle(ctx);
  await charger.reply(charger.lastAsked(), {});
  await settle(ctx);
  expect(charger.asked()).toHaveLength(3);
});

// Gotcha 37.
test('nobody is asked unasked otherwise', async () => {
  const ctx = testContext();
  const charger = await aPeer(ctx);
  await settle(ctx);
  expect(charger.asked()).toEqual([]);
});
