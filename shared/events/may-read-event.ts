import { isCaller } from '#shared/core/caller.ts';
import type { Actor } from '#shared/core/context.ts';
import { reachesDriver } from '#shared/core/driver-access.ts';
import { reachesSite } from '#shared/core/site-access.ts';
import type { EventEnvelope } from '#shared/events/envelope.ts';

/** The scope that lets a credential read an object, where it is not the object's own plural. */
const SCOPES: Readonly<Record<string, string>> = {
  unclaimed_charger: 'chargers:read',
  connector: 'chargers:read',
  command_batch: 'commands:read',
  configuration_change: 'config:read',
  monitor_event: 'config:read',
  meter_values: 'sessions:read',
  soc: 'sessions:read',
  authorization: 'tokens:read',
  local_list: 'tokens:read',
  fault: 'monitoring:read',
  alert: 'monitoring:read',
  security_event: 'monitoring:read',
  charger_certificate: 'pnc:read',
  contract_certificate: 'pnc:read',
  data_transfer: 'commands:read',
  firmware_update: 'firmware:read',
  firmware_campaign: 'firmware:read',
  diagnostics: 'diagnostics:read',
  load_group: 'energy:read',
  charging_profile: 'energy:read',
  grid_event: 'grid:read',
  payment_intent: 'payments:read',
  wallet: 'payments:read',
  webhook_endpoint: 'webhooks:read',
  organization: 'admin:read',
  api_key: 'admin:read',
  oauth_client: 'admin:read',
  member: 'admin:read',
};

export const scopeToRead = (object: string): string => SCOPES[object] ?? `${object}s:read`;

export const mayRead = (scopes: readonly string[], object: string): boolean =>
  scopes.includes('*') || scopes.includes(scopeToRead(object));

/**
 * Whether a credential may see an event: it may read the object, and what happened at the site; a driver
 * sees what is told of the driver's own.
 */
export function mayReadEvent(
  actor: Actor,
  { subject, scope }: Pick<EventEnvelope, 'subject' | 'scope'>,
): boolean {
  if (!isCaller(actor)) return true;
  return (
    mayRead(actor.scopes, subject.object) &&
    reachesSite({ actor }, scope.site_id) &&
    reachesDriver({ actor }, scope.driver_id)
  );
}
