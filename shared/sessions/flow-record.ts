import * as z from 'zod';
import type { LiveSession } from '#shared/sessions/session.ts';

/** Energy flows, or who keeps it from flowing. */
export const Flow = z.enum(['charging', 'vehicle', 'charger']);
export type Flow = z.infer<typeof Flow>;

/** What a charger said of the flow of energy, and since when by our clock. */
export const Flowing = z.object({ at: z.string(), state: Flow });
export type Flowing = z.infer<typeof Flowing>;

/**
 * While reports are missing, what the others say of the flow is remembered, so that a late one finds
 * its place among them: idle time is money. It begins with what held when the first went missing.
 */
export function standing(live: Session): Flowing {
  const open = live.idle.at(-1);
  // What is still to be told may lie before the beginning that had to be assumed.
  if (!open && live.flags.includes('start_missing')) return { at: EVER, state: 'charging' };
  if (open && open.to === null) return { at: open.from, state: stateOf(live) };
  return { at: open?.to ?? live.charging_started_at ?? live.updated_at, state: 'charging' };
}

const EVER = '1970-01-01T00:00:00.000Z';

/** The record with one more word, in the order in which things happened. */
export function withFlowing(record: readonly Flowing[], flowing: Flowing): Flowing[] {
  const [first, ...rest] = record;
  const sorted = [...rest, flowing].sort((a, b) => (a.at < b.at ? -1 : 1));
  return first ? [first, ...sorted.filter(({ at }) => at >= first.at)] : sorted;
}

/** The session with its idle time counted anew from a record, closed where the session has ended. */
export function recounted(live: LiveSession, record: readonly Flowing[]): LiveSession {
  const [first] = record;
  const last = record.at(-1);
  if (!first || !last) return live;
  const settled = live.idle.filter(({ to }) => to !== null && to <= first.at);
  const counted = record.reduce(step, settled);
  const idle = counted.map(({ from, to }) => ({ from, to: to ?? live.ended_at }));
  const held = last.state === 'charging' ? null : last.state;
  const over = live.ended_at !== null;
  return {
    ...live,
    idle,
    suspended_by: over ? null : held,
    charging_ended_at: held ? (counted.at(-1)?.from ?? null) : live.ended_at,
    status: over || live.status === 'stopping' ? live.status : held ? 'suspended' : 'charging',
  };
}

function step(idle: LiveSession['idle'], { at, state }: Flowing): LiveSession['idle'] {
  const open = idle.at(-1)?.to === null;
  if (state === 'charging') return idle.map(({ from, to }) => ({ from, to: to ?? at }));
  return open ? idle : [...idle, { from: at, to: null }];
}

type Session = Pick<
  LiveSession,
  'idle' | 'suspended_by' | 'charging_started_at' | 'updated_at' | 'flags'
>;

const stateOf = ({ suspended_by: by }: Session): Flow => (by === 'vehicle' ? by : 'charger');
