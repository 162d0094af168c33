import { describe, expect, test } from 'vitest';
import { StoredProfile } from '#shared/smart-charging/charging-profile.ts';
import { allowedAt } from '#shared/smart-charging/effective-limit.ts';
import { electricsOf } from '#shared/smart-charging/electrics.ts';
import { profileExample } from '#shared/smart-charging/profile-example.ts';

let numbers = 0;
const profile = (kw: number, more: object = {}): StoredProfile =>
  StoredProfile.parse({
    ...profileExample,
    number: ++numbers,
    starts_at: '2026-06-01T00:00:00Z',
    unit: 'kw',
    periods: [{ start_seconds: 0, limit_kw: kw, limit_a: null, phases: null }],
    ...more,
  });

const session = { id: 'sess_1', began_at: '2026-06-01T12:00:00Z' };
const at = (
  time: string,
  profiles: readonly StoredProfile[],
  more: Partial<Parameters<typeof allowedAt>[0]> = {},
) =>
  allowedAt(
    { connector: 1, session, profiles, electrics: electricsOf([]), outside: [], ...more },
    Date.parse(`2026-06-01T${time}Z`),
  );

const max = { purpose: 'charger_max', connector: null };
const own = { purpose: 'session', session_id: 'sess_1' };

describe('what profiles allow together', () => {
  test('is everything where none says anything', () => {
    expect(at('13:00:00', [])).toBe(Infinity);
    expect(at('13:00:00', [profile(5, { valid_to: '2026-06-01T12:00:00Z' })])).toBe(Infinity);
    expect(at('13:00:00', [profile(5, { connector: 2 })])).toBe(Infinity);
  });

  test('is what the highest level says that is valid, within a purpose', () => {
    const low = profile(5);
    const high = profile(9, { stack_level: 3, valid_from: '2026-06-01T13:00:00Z' });
    expect(at('12:59:59', [low, high])).toBe(5000);
    expect(at('13:00:00', [low, high])).toBe(9000);
  });

  test('is what the session’s own profile says, in place of the default', () => {
    expect(at('13:00:00', [profile(5), profile(9, own)])).toBe(9000);
    expect(at('13:00:00', [profile(5), profile(9, { ...own, session_id: 'sess_2' })])).toBe(5000);
    expect(at('13:00:00', [profile(5), profile(9, own)], { session: null })).toBe(5000);
  });

  test('is what the connector’s default says, before that of all', () => {
    expect(at('13:00:00', [profile(5, { connector: null }), profile(9)])).toBe(9000);
  });

  test('is never more than the maximum, or than others allow', () => {
    const external = { purpose: 'external', connector: null, source: 'ems' };
    expect(at('13:00:00', [profile(9), profile(7, max)])).toBe(7000);
    expect(at('13:00:00', [profile(9), profile(4, external)])).toBe(4000);
    const ems = {
      source: 'ems' as const,
      connector: null,
      is_grid_critical: null,
      starts_at: null,
      duration_seconds: 3600,
      periods: [{ start_seconds: 0, limit_kw: 3, limit_a: null, phases: null }],
      since: '2026-06-01T12:30:00Z',
    };
    expect(at('13:00:00', [profile(9)], { outside: [ems] })).toBe(3000);
    expect(at('13:30:00', [profile(9)], { outside: [ems] })).toBe(9000);
  });

  test('follows the periods of a schedule, from the start of the session if relative', () => {
    const steps = {
      periods: [
        { start_seconds: 0, limit_kw: 9, limit_a: null, phases: null },
        { start_seconds: 3600, limit_kw: 3, limit_a: null, phases: null },
      ],
      duration_seconds: 7200,
    };
    const relative = profile(0, { ...steps, kind: 'relative', starts_at: null });
    expect(at('12:59:59', [relative])).toBe(9000);
    expect(at('13:00:00', [relative])).toBe(3000);
    expect(at('14:00:00', [relative])).toBe(Infinity);
  });

  test('recurs every day', () => {
    const nightly = profile(0, {
      kind: 'recurring',
      recurrence: 'daily',
      starts_at: '2026-05-01T22:00:00Z',
      periods: [{ start_seconds: 0, limit_kw: 9, limit_a: null, phases: null }],
      duration_seconds: 8 * 3600,
    });
    expect(at('05:59:59', [nightly])).toBe(9000);
    expect(at('06:00:00', [nightly])).toBe(Infinity);
    expect(at('22:00:00', [nightly])).toBe(9000);
  });

  // 10 A x 230 V x 3
  test('counts amperes at the mains’ voltage', () => {
    const amps = profile(0, {
      unit: 'a',
      periods: [{ start_seconds: 0, limit_kw: null, limit_a: 10, phases: 3 }],
    });
    expect(at('13:00:00', [amps])).toBe(6900);
  });
});
