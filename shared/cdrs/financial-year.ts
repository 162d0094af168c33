/** India's financial year, April to March, in which an instant lies at a place: `2026-27`. */
export function financialYear(at: string, timezone: string): string {
  const inZone = new Intl.DateTimeFormat('en', {
    timeZone: timezone,
    year: 'numeric',
    month: 'numeric',
  });
  const parts = inZone.formatToParts(new Date(at));
  const part = (type: 'year' | 'month') => Number(parts.find((p) => p.type === type)?.value);
  const first = part('month') >= 4 ? part('year') : part('year') - 1;
  return `${first}-${String((first + 1) % 100).padStart(2, '0')}`;
}

/** `2026-27/000123`: gap-free within an organization and a financial year. */
export const cdrNumber = (year: string, n: number): string =>
  `${year}/${String(n).padStart(6, '0')}`;
