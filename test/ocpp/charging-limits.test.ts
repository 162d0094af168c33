import { expect, test } from 'vitest';
import { validatorFor } from '#shared/ocpp/schemas/validate.ts';
import { setChargingProfile as in16 } from '#shared/ocpp/v16/smart-charging/set-charging-profile.ts';
import { setChargingProfile as in201 } from '#shared/ocpp/v201/smart-charging/set-charging-profile.ts';
import { StoredProfile } from '#shared/smart-charging/charging-profile.ts';
import { electricsOf, inTenths } from '#shared/smart-charging/electrics.ts';
import { profileExample } from '#shared/smart-charging/profile-example.ts';
import { toldPeriod } from '#shared/smart-charging/told-schedule.ts';

const mains = electricsOf([]);
const profileOf = (limit: number, unit: 'W' | 'A') =>
  StoredProfile.parse({
    ...profileExample,
    unit: unit === 'W' ? 'kw' : 'a',
    periods: [toldPeriod({ start_seconds: 0, limit, unit, phases: null }, unit, mains)],
  });

const tenths = Array.from({ length: 3201 }, (_, n) => n);

// Gotcha 38: a careless check of `multipleOf: 0.1` refuses a third of these.
test.each(['W', 'A'] as const)(
  'every tenth from 0.0 to 320.0 %s is told to a charger of 1.6 as it was meant',
  async (unit) => {
    const validate = await validatorFor('ocpp1.6', 'SetChargingProfile', 'request');
    const odd = tenths.filter((n) => {
      const limit = Number(`${Math.floor(n / 10)}.${n % 10}`);
      const request = in16.toRequest({ profile: profileOf(limit, unit), evse_id: 1 });
      const told = Object(request).csChargingProfiles.chargingSchedule.chargingSchedulePeriod[0];
      return told.limit !== limit || validate(request) !== undefined;
    });
    expect(odd).toEqual([]);
  },
);

test('every tenth is valid in 2.0.1 too', async () => {
  const validate = await validatorFor('ocpp2.0.1', 'SetChargingProfile', 'request');
  const odd = tenths.filter(
    (n) => validate(in201.toRequest({ profile: profileOf(n / 10, 'A'), evse_id: 1 })) !== undefined,
  );
  expect(odd).toEqual([]);
});

test.each([
  [15.9420289, 15.9],
  [16, 16],
  [0.3, 0.3],
  [0.7, 0.7],
  [1.2, 1.2],
  [0.09, 0],
  [319.999, 319.9],
])('%d becomes %d: a limit is never rounded up', (limit, told) => {
  expect(inTenths(limit)).toBe(told);
});
