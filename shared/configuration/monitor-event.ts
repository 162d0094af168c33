import * as z from 'zod';
import { ToldRef } from '#shared/configuration/variable.ts';

/** Something a charger noticed on one of its variables. */
export const MonitorEvent = z
  .object({
    id: z.string().meta({ example: 'mev_01JWA3QH3M9K2V7T5C8X0N4B6R' }),
    charger_id: z.string(),
    connector: z.int().nullable(),
    session_id: z.string().nullable(),
    ...ToldRef.shape,
    value: z.string().nullable().meta({ description: 'Of the variable; null for a secret.' }),
    trigger: z.enum(['alerting', 'delta', 'periodic']),
    cleared: z.boolean().meta({ description: 'What was wrong is right again.' }),
    monitor_id: z.int().nullable(),
    monitor_kind: z.enum(['hard_wired', 'hard_wired_monitor', 'preconfigured', 'custom']),
    severity: z.int().nullable().meta({ description: 'Of the monitor, where it is known.' }),
    event_number: z.int().meta({ description: "The charger's number for the event." }),
    caused_by: z.int().nullable().meta({ description: 'Number of the event behind it.' }),
    tech_code: z.string().nullable(),
    tech_info: z.string().nullable(),
    occurred_at: z.iso.datetime(),
    received_at: z.iso.datetime(),
  })
  .meta({ id: 'MonitorEvent', description: 'A monitor of a charger went off.' });
export type MonitorEvent = z.infer<typeof MonitorEvent>;
