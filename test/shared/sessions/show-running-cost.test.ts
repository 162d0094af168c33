import { expect, test } from 'vitest';
import { learnAbilities } from '#shared/chargers/learn-abilities.ts';
import { hour201, tell } from '#test/support/charge-201.ts';
import { aPricedPeer, MINUTE } from '#test/support/ocpp-site.ts';
import { settle } from '#test/support/settle.ts';

async function aCharge(canShow: boolean) {
  const { ctx, charger } = await aPricedPeer({ version: 'ocpp2.0.1' });
  await learnAbilities(ctx, 'CP-1', { cost_updates: canShow });
  ctx.tick(15 * MINUTE);
  for (const seq of [0, 1]) await tell(charger, hour201[seq] ?? { seq });
  await settle(ctx);
  return charger.asked().filter(({ action }) => action === 'CostUpdated');
}

// 2 kWh at 16.00 are 32.00, with 18 % tax 37.76.
test('a charger that can show it is told what its session costs so far', async () => {
  const [told, another] = await aCharge(true);
  expect(told?.payload).toEqual({ transactionId: 'TX-1', totalCost: 37.76 });
  expect(another).toBeUndefined();
});

test('a charger that can show it is told what its session costs so far with each answer, too', async () => {
  const { ctx, charger } = await aPricedPeer({ version: 'ocpp2.0.1' });
  await learnAbilities(ctx, 'CP-1', { cost_updates: true });
  const answers = [];
  for (const seq of [0, 1, 2]) answers.push(await tell(charger, hour201[seq] ?? { seq }));
  // 2 kWh, then 4 kWh: twice as much.
  expect(answers.map((answer) => Object(answer).totalCost)).toEqual([undefined, 37.76, 75.52]);
});

test('a charger that has not said that it can is not bothered', async () => {
  expect(await aCharge(false)).toEqual([]);
});
