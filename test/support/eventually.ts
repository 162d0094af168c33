import { vi } from 'vitest';

/** Tries until the check no longer throws, and answers what it answered; gives up in the end. */
export const eventually = <T>(check: () => T | Promise<T>, withinMs = 20_000): Promise<T> =>
  vi.waitFor(check, { timeout: withinMs, interval: 100 });
