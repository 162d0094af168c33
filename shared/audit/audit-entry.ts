import * as z from 'zod';
import { callerKinds } from '#shared/core/caller.ts';

const Fields = z.record(z.string(), z.unknown());

export const AuditChange = z
  .object({
    object: z.string().meta({ example: 'site' }),
    id: z.string().meta({ example: 'BLR-IND' }),
    change: z.enum(['created', 'updated', 'deleted']),
    before: Fields.nullable().meta({
      description:
        'Of what was updated the fields that changed, of what was deleted all that were set.',
    }),
    after: Fields.nullable().meta({
      description:
        'Of what was updated the fields that changed, of what was created all that are set.',
    }),
  })
  .meta({ id: 'AuditChange', description: 'What became of one object.' });
export type AuditChange = z.infer<typeof AuditChange>;

/** One change, as it lies in its row and as the API shows it. */
export const AuditEntry = z
  .object({
    id: z.string().meta({ example: 'aud_01JWA3R0V6D2M8K4T7C1X5N9B3' }),
    created_at: z.iso.datetime(),
    livemode: z.boolean(),
    action: z.string().meta({ description: 'The operation.', example: 'updateSite' }),
    actor: z.object({
      type: z.enum(callerKinds),
      id: z.string(),
      client_id: z.string().nullable().meta({
        description: 'The OAuth client through which a person called; else null.',
      }),
      organization_id: z.string().nullable().default(null).meta({
        description: 'The parent organization whose credential it is; null for your own.',
      }),
    }),
    object: z.object({ type: z.string(), id: z.string() }).meta({
      description: 'What was changed, or made. What changed with it is in `changes`.',
    }),
    site_ids: z.array(z.string()).nullable().meta({
      description: 'The sites it concerns; null for what is of the whole organization.',
    }),
    charger_id: z.string().nullable(),
    request: z.object({
      id: z.string().nullable(),
      correlation_id: z.string().nullable(),
      idempotency_key: z.string().nullable(),
      address: z.string().nullable().meta({ description: 'Where the request came from.' }),
      user_agent: z.string().nullable(),
    }),
    changes: z.array(AuditChange),
    truncated: z.boolean().meta({
      description: 'Something was too long to be kept. It says so where it stood: `[cut: …]`.',
    }),
  })
  .meta({ id: 'AuditEntry', description: 'Who changed what, from where: before and after.' });
export type AuditEntry = z.infer<typeof AuditEntry>;
