import { describe, expect, it } from 'vitest';
import { isOpen, nextOpening, Window } from '#shared/firmware-campaigns/window.ts';

const IST = 'Asia/Kolkata';
/** Clocks go from 02:00 to 03:00 on 29 March 2026, and from 03:00 to 02:00 on 25 October. */
const BERLIN = 'Europe/Berlin';
const nightly = Window.parse({ from: '23:00', to: '05:00' });
const open = (window: Window, zone: string, at: string) => isOpen(window, zone, new Date(at));
const next = (window: Window, zone: string, at: string) =>
  nextOpening(window, zone, new Date(at)).toISOString();

describe('a window', () => {
  // India is at UTC+5:30: 17:30 UTC is 23:00.
  it.each([
    ['a minute before it opens', '2026-06-01T17:29:00Z', false],
    ['when it opens', '2026-06-01T17:30:00Z', true],
    ['at midnight', '2026-06-01T18:30:00Z', true],
    ['the minute before it closes', '2026-06-01T23:29:59Z', true],
    ['when it closes', '2026-06-01T23:30:00Z', false],
  ])('over midnight is, %s, as it should be', (_when, at, expected) => {
    expect(open(nightly, IST, at)).toBe(expected);
  });

  it('till midnight closes at midnight', () => {
    const evening = Window.parse({ from: '22:00', to: '24:00' });
    expect(open(evening, IST, '2026-06-01T18:29:59Z')).toBe(true);
    expect(open(evening, IST, '2026-06-01T18:30:00Z')).toBe(false);
    const allDay = Window.parse({ from: '00:00', to: '24:00', weekdays: ['mon'] });
    expect(open(allDay, IST, '2026-06-01T18:29:00Z')).toBe(true);
    expect(open(allDay, IST, '2026-06-01T18:30:00Z')).toBe(false);
  });

  // 1 June 2026 is a Monday.
  it('goes by the day on which it opens', () => {
    const mondays = Window.parse({ from: '23:00', to: '05:00', weekdays: ['mon'] });
    expect(open(mondays, IST, '2026-06-01T20:00:00Z')).toBe(true);
    expect(open(mondays, IST, '2026-06-02T17:45:00Z')).toBe(false);
    expect(open(mondays, IST, '2026-05-31T20:00:00Z')).toBe(false);
  });

  it('goes by the clock of each zone', () => {
    const at = '2026-06-01T21:30:00Z';
    expect([open(nightly, IST, at), open(nightly, BERLIN, at)]).toEqual([true, true]);
    const later = '2026-06-02T01:00:00Z';
    expect([open(nightly, IST, later), open(nightly, BERLIN, later)]).toEqual([false, true]);
  });

  it('refuses to never open', () => {
    expect(Window.safeParse({ from: '05:00', to: '05:00' }).success).toBe(false);
    for (const bad of ['24:00', '7:00', '23:60', '']) {
      expect(Window.safeParse({ from: bad, to: '05:00' }).success).toBe(false);
    }
  });
});

describe('the next opening', () => {
  it('is now while it is open', () => {
    expect(next(nightly, IST, '2026-06-01T20:00:00Z')).toBe('2026-06-01T20:00:00.000Z');
  });

  it.each([
    ['later today', '2026-06-01T10:00:00Z', '2026-06-01T17:30:00.000Z'],
    ['to the minute', '2026-06-01T17:29:30Z', '2026-06-01T17:30:00.000Z'],
    ['tomorrow', '2026-06-01T23:30:00Z', '2026-06-02T17:30:00.000Z'],
  ])('is %s', (_when, at, expected) => {
    expect(next(nightly, IST, at)).toBe(expected);
  });

  it('is a week ahead where only one day is left', () => {
    const mondays = Window.parse({ from: '09:00', to: '10:00', weekdays: ['mon'] });
    expect(next(mondays, IST, '2026-06-01T05:00:00Z')).toBe('2026-06-08T03:30:00.000Z');
  });

  // 01:30 to 02:30: half of it is missing that night, 03:00 summer time is 01:00 UTC.
  it('copes with the night that lacks an hour', () => {
    const early = Window.parse({ from: '01:30', to: '02:30' });
    expect(next(early, BERLIN, '2026-03-28T12:00:00Z')).toBe('2026-03-29T00:30:00.000Z');
    expect(open(early, BERLIN, '2026-03-29T00:59:00Z')).toBe(true);
    expect(open(early, BERLIN, '2026-03-29T01:00:00Z')).toBe(false);
    // Inside the hour that is missing it does not open; the night after it does, at 02:15 summer time.
    const lost = Window.parse({ from: '02:15', to: '02:45' });
    expect(next(lost, BERLIN, '2026-03-28T12:00:00Z')).toBe('2026-03-30T00:15:00.000Z');
    // It opens in the missing hour and lasts beyond it: at the first minute there is.
    const beyond = Window.parse({ from: '02:15', to: '04:00' });
    expect(next(beyond, BERLIN, '2026-03-28T12:00:00Z')).toBe('2026-03-29T01:00:00.000Z');
  });

  it('copes with the night that has an hour twice', () => {
    const early = Window.parse({ from: '02:30', to: '03:00' });
    expect(next(early, BERLIN, '2026-10-24T12:00:00Z')).toBe('2026-10-25T00:30:00.000Z');
    expect(next(early, BERLIN, '2026-10-25T01:05:00Z')).toBe('2026-10-25T01:30:00.000Z');
    expect(next(early, BERLIN, '2026-10-25T02:00:00Z')).toBe('2026-10-26T01:30:00.000Z');
  });
});
