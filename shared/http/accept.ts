/** Whether `Accept` (RFC 9110 12.5.1) wants the first media type more than the second, our usual one. */
export const prefers = (accept: string | undefined, first: string, usual: string): boolean =>
  weightOf(accept, first) > weightOf(accept, usual);

/** The weight of the most exact range that covers the type; 0 where none does. */
function weightOf(accept = '*/*', type: string): number {
  const [major] = type.split('/');
  const ranges = accept.split(',').map((part) => part.split(';').map((text) => text.trim()));
  for (const wanted of [type, `${major}/*`, '*/*']) {
    const range = ranges.find(([name]) => name?.toLowerCase() === wanted);
    if (range) return Number(range.find((text) => /^q=/i.test(text))?.slice(2) ?? 1);
  }
  return 0;
}
