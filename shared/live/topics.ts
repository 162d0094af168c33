import * as z from 'zod';
import { matchesType } from '#shared/events/matches-type.ts';

export const Topic = z
  .enum([
    'sessions',
    'meter_values',
    'connectors',
    'chargers',
    'faults',
    'soc',
    'commands',
    'energy',
    'authorizations',
    'payments',
  ])
  .meta({ id: 'LiveTopic' });
export type Topic = z.infer<typeof Topic>;

interface TopicSpec {
  readonly types: readonly string[];
  /** What its events are about; a credential must be able to read one of them. */
  readonly objects: readonly string[];
}

export const TOPICS: Readonly<Record<Topic, TopicSpec>> = {
  sessions: { types: ['session.*'], objects: ['session'] },
  meter_values: { types: ['session.meter_values'], objects: ['meter_values'] },
  connectors: { types: ['connector.status_changed'], objects: ['connector'] },
  chargers: {
    types: ['charger.online', 'charger.offline', 'charger.fault*', 'charger.monitor_triggered'],
    objects: ['charger', 'fault', 'monitor_event'],
  },
  faults: {
    types: ['charger.fault', 'charger.fault_cleared', 'alert.*'],
    objects: ['fault', 'alert'],
  },
  soc: { types: ['soc.updated', 'vehicle.readiness_at_risk'], objects: ['soc', 'vehicle'] },
  commands: { types: ['command.*'], objects: ['command'] },
  energy: {
    types: ['load_group.*', 'grid.event_*', 'grid.compliance_error'],
    objects: ['load_group', 'grid_event'],
  },
  authorizations: {
    types: ['authorization.*', 'security.event'],
    objects: ['authorization', 'security_event'],
  },
  payments: {
    types: ['payment.*', 'wallet.low_balance', 'reservation.confirmed', 'cdr.created'],
    objects: ['payment_intent', 'wallet', 'reservation', 'cdr'],
  },
};

/** Raw samples are a topic of their own, however their type is spelt. */
export const isOfTopic = (topic: Topic, type: string): boolean =>
  type === 'session.meter_values'
    ? topic === 'meter_values'
    : TOPICS[topic].types.some((pattern) => matchesType(pattern, type));
