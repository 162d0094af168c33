import { respellInstant } from '#shared/ocpp/repair/respell.ts';

/** The instant at which clocks of the zone show this, or undefined where it is no time. */
export function instantOfLocal(text: string, zone: string): string | undefined {
  const bare = text.trim().replace(/\s*(?:Z|UTC)$/i, '');
  const shown = respellInstant(bare);
  if (!shown || shown.hasZone) return undefined;
  const local = Date.parse(shown.instant);
  // The offset of the zone there and then; asked twice, since it may change within its own width.
  const guess = local - offsetMs(local, zone);
  const utc = local - offsetMs(guess, zone);
  const fraction = /\.\d+/.test(shown.instant);
  const instant = new Date(utc).toISOString();
  return fraction ? instant : instant.replace(/\.\d+/, '');
}

/** Whether a time is written without a zone, or with the Z of UTC. */
export function writtenZone(text: string): 'without_zone' | 'as_utc' | undefined {
  const found = respellInstant(text);
  if (!found) return undefined;
  if (!found.hasZone) return 'without_zone';
  return /(?:Z|UTC)\s*$/i.test(text) ? 'as_utc' : undefined;
}

/** How far clocks of the zone are ahead of UTC at an instant. */
function offsetMs(instant: number, zone: string): number {
  const parts = formatOf(zone).formatToParts(instant);
  const part = (type: string) => Number(parts.find((p) => p.type === type)?.value);
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return shown - Math.floor(instant / 1000) * 1000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Made once for each zone: making one takes far longer than using it. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, made);
  return made;
}
