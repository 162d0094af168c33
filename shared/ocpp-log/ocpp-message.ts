import * as z from 'zod';
import { LoggedMessage } from '#shared/ocpp-log/logged-message.ts';

const { shape } = LoggedMessage;
const nullable = <T extends z.ZodType>(schema: T) => schema.nullable();

/** A raw message as the API shows it. */
export const OcppMessage = z
  .object({
    id: shape.id.meta({ example: 'ocm_01JWA3R0V6D2M8K4T7C1X5N9B3-0' }),
    charger_id: z.string().meta({ example: 'BLR-014' }),
    at: z.iso.datetime().meta({ description: 'When it was received, or sent.' }),
    direction: shape.direction,
    type: shape.type.meta({
      description:
        '`send` and `result_error` came with OCPP 2.1. `unreadable`: not even its kind could be told.',
    }),
    action: z.string().nullable().meta({
      description: 'Of an answer: of the call it answers. Null where nothing was waiting for it.',
      example: 'StatusNotification',
    }),
    message_id: z.string().nullable().meta({
      description: 'Ties a call to its answer.',
      example: '19223201',
    }),
    payload: z.unknown().meta({
      description: 'As it was sent, before any repair; passwords are hidden.',
    }),
    raw: z.string().nullable().meta({ description: 'The text of a message that is no JSON.' }),
    error: z
      .object({
        code: z.string().meta({ example: 'FormationViolation' }),
        description: z.string(),
        details: z.record(z.string(), z.unknown()),
      })
      .nullable()
      .meta({ description: 'Of an answer that refuses the call, and why a message was not read.' }),
    repairs: z
      .array(
        z.object({
          rule: z.string().meta({ example: 'zone-assumed-utc' }),
          path: z.string().meta({ example: '/timestamp' }),
        }),
      )
      .meta({ description: 'How it was read other than it was written.' }),
    latency_ms: nullable(z.int()).meta({ description: 'Of an answer: how long after the call.' }),
    command_id: nullable(z.string()).meta({ description: 'The command it carries, or answers.' }),
    delivered: z.boolean().meta({ description: 'False: the socket was gone.' }),
    size_bytes: z.int(),
    ocpp_version: z.string().meta({ example: '1.6' }),
    connection_id: z.string().meta({ description: 'The socket it came or went by.' }),
  })
  .meta({ id: 'OcppMessage', description: 'One message between a charger and the platform.' });
export type OcppMessage = z.infer<typeof OcppMessage>;

export const ocppMessage = (charger_id: string, logged: LoggedMessage): OcppMessage => ({
  ...logged,
  charger_id,
});
