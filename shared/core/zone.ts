const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the clocks of a zone are ahead of UTC at an instant. */
export function offsetMs(at: number, timezone: string): number {
  const name = formatOf(timezone)
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value;
  const match = /GMT([+-])(\d\d):(\d\d)/.exec(name ?? '');
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === '-' ? -minutes : minutes) * 60_000;
}

/** When the clocks of a zone are next changed; undefined where they are not within thirteen months. */
export function nextClockChange(from: number, timezone: string): number | undefined {
  const now = offsetMs(from, timezone);
  for (let week = from; week < from + 396 * DAY_MS; week += 7 * DAY_MS) {
    const end = week + 7 * DAY_MS;
    if (offsetMs(end, timezone) === now) continue;
    let [before, after] = [week, end];
    while (after - before > 60_000) {
      const middle = before + Math.floor((after - before) / 2);
      if (offsetMs(middle, timezone) === now) before = middle;
      else after = middle;
    }
    return Math.floor(after / 60_000) * 60_000;
  }
  return undefined;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  formats.set(timeZone, made);
  return made;
}
