import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Charge } from '#shared/pricing/charge-curve.ts';
import { neededReadings, priceBoundaries } from '#shared/pricing/needed-readings.ts';
import { priceSession } from '#shared/pricing/price-session.ts';
import type { Reading } from '#shared/pricing/receipt.ts';
import { TariffOverride } from '#shared/tariffs/tariff-override.ts';
import { TariffTerms } from '#shared/tariffs/tariff-terms.ts';

const START = Date.parse('2026-05-27T10:00:00Z');
const iso = (seconds: number) => new Date(START + seconds * 1000).toISOString();

const seconds = fc.integer({ min: -600, max: 30_000 });
const instant = fc.oneof({ weight: 50, arbitrary: seconds.map(iso) }, fc.constant('no instant'));
const reading = fc.record({ at: instant, wh: fc.integer({ min: 0, max: 80_000 }) });
const stretch = fc.record({ from: instant, to: fc.option(instant) });

/** Anything a charger may report, in any order. */
const anyCharge: fc.Arbitrary<Charge> = fc.record({
  chargingStartedAt: fc.constant(iso(0)),
  endedAt: instant,
  readings: fc.array(reading, { maxLength: 12 }),
  idle: fc.array(stretch, { maxLength: 4 }),
});

const terms = fc
  .record({
    energy_rate: fc.integer({ min: 0, max: 500_000 }),
    time_rate_per_minute: fc.integer({ min: 0, max: 50_000 }),
    idle_fee_per_minute: fc.integer({ min: 0, max: 50_000 }),
    idle_grace_minutes: fc.integer({ min: 0, max: 30 }),
    session_fee_minor: fc.integer({ min: 0, max: 5_000 }),
    tax_inclusive: fc.boolean(),
    taxes: fc.constantFrom([], [{ type: 'IGST', rate_bp: 1800 }], [gst('CGST'), gst('SGST')]),
  })
  .map((fields) => TariffTerms.parse({ id: 'tvr_any', currency: 'INR', ...fields }));

function gst(type: string) {
  return { type, rate_bp: 900 };
}

const minutes = fc.integer({ min: 1, max: 400 });
const kwh = fc.integer({ min: 1, max: 60_000 }).map((wh) => wh / 1000);
const expiry = fc.constantFrom('revert', 'stop');
const override = fc
  .oneof(
    fc.constant(null),
    fc.record({ type: fc.constant('free'), duration_minutes: minutes, on_expiry: expiry }),
    fc.record({ type: fc.constant('free'), energy_kwh: kwh }),
    fc.record({ type: fc.constant('free'), duration_minutes: minutes, energy_kwh: kwh }),
    fc.record({ type: fc.constant('discount'), percent: fc.nat(100).map(String) }),
    fc.constant({ type: 'flat', amount: { amount: '49.50', currency: 'INR' } }),
  )
  .map((given) => TariffOverride.nullable().parse(given));

describe('priceSession', () => {
  it('is never negative, adds up, and rounds nothing away, whatever comes in', () => {
    fc.assert(
      fc.property(anyCharge, terms, override, (charge, tariff, special) => {
        const receipt = priceSession(charge, tariff, special);
        const { lines, taxes, subtotal_minor, tax_minor, total_minor } = receipt;
        const sum = lines.reduce((total, line) => total + line.amount_minor, 0);
        const taxed = taxes.reduce((total, tax) => total + tax.amount_minor, 0);
        expect(total_minor).toBe(subtotal_minor + tax_minor);
        expect(tax_minor).toBe(taxed);
        expect(sum).toBe(tariff.tax_inclusive ? total_minor : subtotal_minor);
        for (const figure of figuresOf(receipt)) {
          expect(figure).toSatisfy(Number.isSafeInteger);
          expect(figure).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('never costs less for more energy', () => {
    const more = fc.integer({ min: 0, max: 20_000 });
    fc.assert(
      fc.property(anyCharge, terms, override, more, (charge, tariff, special, extra) => {
        const last = { at: charge.endedAt, wh: 90_000 };
        const most = { at: charge.endedAt, wh: 90_000 + extra };
        const price = (end: Reading) =>
          priceSession({ ...charge, readings: [...charge.readings, end] }, tariff, special);
        expect(price(most).total_minor).toBeGreaterThanOrEqual(price(last).total_minor);
      }),
    );
  });

  it('does not depend on the order of readings, nor on readings told twice', () => {
    fc.assert(
      fc.property(anyCharge, terms, override, (charge, tariff, special) => {
        const readings = [...charge.readings, ...charge.readings].reverse();
        const again = priceSession({ ...charge, readings }, tariff, special);
        expect(again).toEqual(priceSession(charge, tariff, special));
      }),
    );
  });

  it('gives the same price however finely the meter was sampled on the way', () => {
    const steps = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(steps, terms, override, (count, tariff, special) => {
        // 6 Wh a second for 10,000 seconds: every sample lies exactly on the line.
        const sampled = (n: number): Charge => ({
          chargingStartedAt: iso(0),
          endedAt: iso(10_000),
          readings: Array.from({ length: n }, (_, i) => Math.floor(((i + 1) * 10_000) / n)).map(
            (s) => ({ at: iso(s), wh: s * 6 }),
          ),
          idle: [],
        });
        const { interpolated: _, ...finely } = priceSession(sampled(count), tariff, special);
        expect(priceSession(sampled(1), tariff, special)).toMatchObject(finely);
      }),
    );
  });

  it('charges nothing for a session smaller than its free allowance', () => {
    fc.assert(
      fc.property(anyCharge, terms, (charge, tariff) => {
        const free = TariffOverride.parse({
          type: 'free',
          duration_minutes: 10_080,
          energy_kwh: 10_000,
        });
        expect(priceSession(charge, tariff, free).total_minor).toBe(0);
      }),
    );
  });
});

describe('neededReadings', () => {
  it('keeps what gives exactly the same receipt as all readings', () => {
    fc.assert(
      fc.property(anyCharge, terms, override, (charge, tariff, special) => {
        const boundaries = priceBoundaries(charge.chargingStartedAt, special);
        const readings = neededReadings(charge.readings, boundaries);
        expect(readings.length).toBeLessThanOrEqual(2 + 2 * boundaries.length);
        const kept = priceSession({ ...charge, readings }, tariff, special);
        expect(kept).toEqual(priceSession(charge, tariff, special));
      }),
    );
  });

  it('loses nothing when applied after each reading instead of once', () => {
    fc.assert(
      fc.property(anyCharge, override, (charge, special) => {
        const boundaries = priceBoundaries(charge.chargingStartedAt, special);
        const inTime = neededReadings(
          charge.readings,
          charge.readings.map((r) => r.at),
        );
        let stepwise: Reading[] = [];
        for (const next of inTime) stepwise = neededReadings([...stepwise, next], boundaries);
        expect(stepwise).toEqual(neededReadings(inTime, boundaries));
      }),
    );
  });
});

const figuresOf = ({
  subtotal_minor,
  tax_minor,
  total_minor,
  energy_wh,
  billed_energy_wh,
  charging_seconds,
  idle_seconds,
}: ReturnType<typeof priceSession>) => [
  subtotal_minor,
  tax_minor,
  total_minor,
  energy_wh,
  billed_energy_wh,
  charging_seconds,
  idle_seconds,
];
