/** Inside, energy is integer Wh, power integer W; the wire shows kWh with three digits and kW. */
export const kwhOfWh = (wh: number): number => Math.round(wh) / 1000;
export const kwOfW = (w: number): number => Math.round(w) / 1000;
export const whOfKwh = (kwh: number): number => Math.round(kwh * 1000);
export const secondsBetween = (from: string, to: string): number =>
  Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));
/** The later of two instants; either may be missing. */
export const later = (a: string | undefined, b: string): string => (a && a > b ? a : b);
export const plusSeconds = (iso: string, seconds: number): string =>
  new Date(Date.parse(iso) + seconds * 1000).toISOString();
