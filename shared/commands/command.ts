import * as z from 'zod';
import { hideSecrets } from '#shared/commands/secret-input.ts';
import { redact } from '#shared/ocpp-log/redact.ts';

export const CommandStatus = z
  .enum([
    'queued',
    'sent',
    'accepted',
    'completed',
    'rejected',
    'failed',
    'timed_out',
    'canceled',
    'expired',
  ])
  .meta({ id: 'CommandStatus' });
export type CommandStatus = z.infer<typeof CommandStatus>;

/** A call to a charger, as it lies in its row and as the API shows it. */
export const Command = z
  .object({
    id: z.string().meta({ example: 'cmd_01JWA3M7Q4V0T9E6C2X8N5B1RD' }),
    type: z.string().meta({ description: 'The neutral command, or `raw`.', example: 'raw' }),
    charger_id: z.string(),
    connector: z.int().nullable().default(null),
    status: CommandStatus,
    requested_by: z.string().nullable(),
    queued_at: z.string(),
    sent_at: z.string().nullable().default(null),
    answered_at: z.string().nullable().default(null),
    completed_at: z.string().nullable().default(null),
    expires_at: z.string(),
    result: z
      .object({
        outcome: z.string(),
        reason: z.string().nullable(),
        data: z.unknown(),
      })
      .nullable()
      .default(null),
    ocpp: z
      .object({
        version: z.string(),
        action: z.string(),
        message_id: z.string(),
        request: z.unknown(),
        response: z.unknown(),
        error: z
          .object({ code: z.string(), description: z.string(), details: z.unknown() })
          .nullable(),
      })
      .nullable()
      .default(null)
      .meta({ description: 'What went over the wire, once it has been sent.' }),
    session_id: z.string().nullable().default(null),
    batch_id: z.string().nullable().default(null),
    steps: z.array(z.string()).default([]).meta({
      description: 'Where it takes several calls: the commands, one a call, that carry it out.',
    }),
    part_of: z.string().nullable().default(null).meta({
      description: 'The command that this one call is a step of.',
    }),
    livemode: z.boolean(),
    created_at: z.string(),
    updated_at: z.string(),
    resource_version: z.int(),
  })
  .meta({ id: 'Command', description: 'A call to a charger and what became of it.' });
export type Command = z.infer<typeof Command>;

/** A command as it lies in its row: with what it asks for, in our own words. */
export const StoredCommand = Command.extend({
  input: z.record(z.string(), z.unknown()),
  /** 0 before 5: stops, resets and unlocks overtake the rest. */
  priority: z.int(),
  /** The thing of a domain it was sent for, whose follower hears how it ends. */
  serves: z.object({ kind: z.string(), id: z.string() }).nullable().default(null),
  /** Personal data the charger answered with: for who asks for this command, in no event. */
  confidential: z.unknown().optional(),
  /** Its charger was away when its batch came to it. */
  parked: z.boolean().default(false),
  /** What the charger calls it in the messages that follow (OCPP `requestId`). */
  request_number: z.int().nullable().default(null),
  /** Of a command of several calls: the step under way, and what its plan keeps in mind between steps. */
  plan: z
    .object({ step: z.string(), notes: z.record(z.string(), z.unknown()) })
    .nullable()
    .default(null),
});
export type StoredCommand = z.infer<typeof StoredCommand>;

/** As the API, events and webhooks show it: without the passwords that went over the wire. */
export function commandView(stored: StoredCommand): Command {
  const command = Command.parse(stored);
  const { ocpp } = command;
  return { ...command, ocpp: ocpp && { ...ocpp, request: redact(hideSecrets(ocpp.request)) } };
}

/** With the personal data that events leave out. */
export const confidentialView = ({ confidential, ...stored }: StoredCommand): Command => {
  const { result, ...view } = commandView({ ...stored, confidential });
  return { ...view, result: result && { ...result, data: confidential ?? result.data } };
};

const TERMINAL: readonly CommandStatus[] = [
  'completed',
  'rejected',
  'failed',
  'timed_out',
  'canceled',
  'expired',
];
export const isTerminal = (status: CommandStatus): boolean => TERMINAL.includes(status);
