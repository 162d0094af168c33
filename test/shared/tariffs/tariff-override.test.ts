import { describe, expect, it } from 'vitest';
import { TariffOverride } from '#shared/tariffs/tariff-override.ts';

const inr = (amount: string) => ({ amount, currency: 'INR' });

describe('TariffOverride', () => {
  it('reverts to the tariff when an allowance is used up, unless it says otherwise', () => {
    expect(TariffOverride.parse({ type: 'free', duration_minutes: 30 })).toMatchObject({
      on_expiry: 'revert',
    });
  });

  it.each([
    ['a price below zero', { type: 'flat', amount: inr('-1.00') }],
    ['a price beyond reason', { type: 'flat', amount: inr('99999999999999999999.00') }],
    ['a discount of more than all', { type: 'discount', percent: '100.01' }],
    ['an allowance of no time', { type: 'free', duration_minutes: 0 }],
    ['a field it does not know', { type: 'free', minutes: 30 }],
    ['a plan that is not offered', { type: 'plan', tariff_plan_id: 'tpl_1' }],
  ])('refuses %s', (_, override) => {
    expect(TariffOverride.safeParse(override).success).toBe(false);
  });
});
