import * as z from 'zod';

/** What a sync keeps in mind from one call to the next. */
export const SyncNotes = z.object({
  /** Full where that was asked for, or where changes were refused. */
  wanted: z.enum(['full', 'differential']),
  /** The edition the charger is to have, and how many entries that is. */
  to: z.string(),
  entries: z.int(),
  left_out: z.int(),
  /** The edition we believe it has, its version, and how many changes lead on from there. */
  from: z.string().nullable(),
  from_version: z.int().nullable(),
  changes: z.int().nullable(),
  /** How it goes, once the charger has told its version. */
  mode: z.enum(['full', 'differential']).nullable().default(null),
  /** Items sent and confirmed, and the version that the message under way makes. */
  position: z.int().default(0),
  version: z.int().default(0),
  under_way: z.int().default(0),
  /** The highest version ever heard of or given. */
  last_version: z.int(),
  /** Items in one message. */
  per_message: z.int(),
  sent: z.int().default(0),
  /** Answers that refused, in all; calls without an answer, one after another. */
  refusals: z.int().default(0),
  losses: z.int().default(0),
});
export type SyncNotes = z.infer<typeof SyncNotes>;

export const SYNC = 'sync_local_list';
export const ASK_VERSION = 'get_local_list_version';
export const SEND = 'send_local_list';

export const askVersion = { type: ASK_VERSION, input: {} } as const;
