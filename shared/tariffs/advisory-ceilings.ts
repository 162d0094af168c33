/**
 * The Ministry of Power's 2024 guidelines advise ceilings for the service charge, that is the price
 * of a kilowatt-hour without tax and without the cost of supply. Rates in 1/10,000 rupee.
 */
const ceilings = [
  {
    from: '2024-09-17',
    currency: 'INR',
    /** DC outside solar hours: the highest of AC 3/4 and DC 11/13. */
    service: 130_000,
    /** What supply may plausibly cost. A tariff does not say; this keeps ordinary prices unwarned. */
    supply: 100_000,
  },
] as const;

/** The price per kWh, before tax, above which the advice is exceeded whatever the plug and the hour. */
export const advisoryCeiling = (currency: string, at: string): number | undefined => {
  const known = ceilings.findLast((c) => c.currency === currency && c.from <= at.slice(0, 10));
  return known && known.service + known.supply;
};
