import type { SecurityEvent } from '#simulator/logs/log-job.ts';
import { keep } from '#simulator/store.ts';
import type { Turn } from '#simulator/turn.ts';

const REMEMBERED = 30;

/** Writes an event into the security log and tells the platform, now or when it can be heard. */
export function recordSecurityEvent(turn: Turn, type: string, info: string | null = null): void {
  const { state, now, dialect } = turn;
  const event: SecurityEvent = { at: now, type, info };
  keep(state, { securityEvents: [...state.store.securityEvents, event].slice(-REMEMBERED) });
  dialect.notices.securityEvent(turn, event);
}
