import * as z from 'zod';
import { callerKinds } from '#shared/core/caller.ts';

/** One answered request, as it lies in its row and as the API shows it. */
export const RequestRecord = z
  .object({
    id: z.string().meta({ example: 'req_01JWA3R0TZ6P1Q8W5E2Y7V4H0A' }),
    created_at: z.iso.datetime(),
    operation: z.string().meta({ example: 'startSession' }),
    method: z.string().meta({ example: 'POST' }),
    route: z.string().meta({ example: '/v1/sessions' }),
    path: z.string().meta({ description: 'Without its query; cut after 300 characters.' }),
    status: z.int().meta({ example: 409 }),
    error_code: z.string().nullable().meta({ example: 'connector_in_use' }),
    duration_ms: z.int().meta({ description: 'Inside our function; the network is not in it.' }),
    credential: z.object({
      type: z.enum(callerKinds),
      id: z.string(),
      client_id: z.string().nullable(),
    }),
    address: z.string().nullable(),
    user_agent: z.string().nullable(),
    api_version: z.string(),
    idempotent_replay: z.boolean().meta({
      description: 'It was answered with the answer of an earlier request.',
    }),
    correlation_id: z.string().nullable(),
    livemode: z.boolean(),
  })
  .meta({ id: 'Request', description: 'A request to this API and how it was answered.' });
export type RequestRecord = z.infer<typeof RequestRecord>;
