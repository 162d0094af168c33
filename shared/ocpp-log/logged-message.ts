import * as z from 'zod';

/** One departure from what the charger sent, by which its message was read. */
export const LoggedRepair = z.object({
  rule: z.string().meta({ example: 'zone-assumed-utc' }),
  path: z.string().meta({ description: 'JSON pointer into the payload.', example: '/timestamp' }),
});

/** A message as its line holds it: what is empty is left out. */
export const LoggedMessage = z.object({
  id: z.string(),
  at: z.string(),
  direction: z.enum(['from_charger', 'to_charger']),
  type: z.enum(['call', 'result', 'error', 'send', 'result_error', 'unreadable']),
  action: z.string().nullable().default(null),
  message_id: z.string().nullable().default(null),
  payload: z.unknown().default(null),
  raw: z.string().nullable().default(null),
  error: z
    .object({
      code: z.string(),
      description: z.string(),
      details: z.record(z.string(), z.unknown()),
    })
    .nullable()
    .default(null),
  repairs: z.array(LoggedRepair).default([]),
  latency_ms: z.int().nullable().default(null),
  command_id: z.string().nullable().default(null),
  delivered: z.boolean().default(true),
  size_bytes: z.int(),
  ocpp_version: z.string(),
  connection_id: z.string(),
});
export type LoggedMessage = z.infer<typeof LoggedMessage>;

/** What is to be logged: a message not yet written. */
export type NewMessage = Pick<
  z.input<typeof LoggedMessage>,
  | 'at'
  | 'direction'
  | 'type'
  | 'action'
  | 'message_id'
  | 'payload'
  | 'raw'
  | 'error'
  | 'repairs'
  | 'latency_ms'
  | 'command_id'
  | 'delivered'
  | 'size_bytes'
>;
