import * as z from 'zod';
import {
  monitorEventExample,
  settingExample,
} from '#shared/configuration/configuration-example.ts';
import { MonitorEvent } from '#shared/configuration/monitor-event.ts';
import { ToldRef } from '#shared/configuration/variable.ts';
import { defineEvent } from '#shared/events/event.ts';

/** Settings of a charger that are no longer as they were known. */
const ConfigurationChange = z
  .object({
    id: z.string().meta({ description: 'The charger.', example: 'BLR-014' }),
    charger_id: z.string(),
    source: z.enum(['charger', 'platform']).meta({ description: 'Who changed them.' }),
    changes: z.array(
      z.object({
        ...ToldRef.shape,
        value: z.string().nullable(),
        previous: z.string().nullable(),
        reboot_required: z.boolean(),
      }),
    ),
    changed_at: z.iso.datetime(),
  })
  .meta({ id: 'ConfigurationChange', description: 'Settings of a charger that changed.' });
export type ConfigurationChange = z.infer<typeof ConfigurationChange>;

export const ConfigurationChanged = defineEvent({
  name: 'charger.configuration_changed',
  object: 'configuration_change',
  channels: ['webhook'],
  when: 'A setting changed, by us or by the charger',
  data: ConfigurationChange,
  example: {
    id: 'BLR-014',
    charger_id: 'BLR-014',
    source: 'platform',
    changes: [{ ...settingExample, value: '300', previous: '900', reboot_required: false }],
    changed_at: '2026-05-27T14:03:22.341Z',
  },
});

export const MonitorTriggered = defineEvent({
  name: 'charger.monitor_triggered',
  object: 'monitor_event',
  channels: ['webhook', 'live'],
  when: 'A monitor of a variable went off, or was cleared (OCPP 2.0.1)',
  data: MonitorEvent,
  example: monitorEventExample,
});
