import { API_VERSION, type EventEnvelope } from '#shared/events/envelope.ts';
import type { EventType } from '#shared/events/event.ts';
import type { EventScope } from '#shared/events/recorded.ts';

/** What chargers tell us of; the rest is mostly asked for over the API. */
const TOLD_BY_CHARGERS: ReadonlySet<string> = new Set([
  'authorization',
  'charger',
  'connector',
  'data_transfer',
  'firmware_update',
  'meter_values',
  'monitor_event',
  'security_event',
  'session',
  'soc',
]);

/** An event as the documents show one, about the example of what its type carries. */
export function exampleEvent({ name, object, example }: EventType): EventEnvelope {
  const fields: Readonly<Record<string, unknown>> = Object(example);
  const text = (field: string) => {
    const value = fields[field];
    return typeof value === 'string' ? value : undefined;
  };
  const version = fields['resource_version'];
  return {
    id: 'evt_01JWA3QH3M9K2V7T5C8X0N4B6R',
    type: name,
    created_at: '2026-05-27T14:05:10.412Z',
    livemode: fields['livemode'] !== false,
    api_version: API_VERSION,
    organization_id: 'demo',
    subject: {
      object,
      id: isConnector(object)
        ? `${fields['charger_id']}/${fields['id']}`
        : (NAMES.map(text).find((id) => id !== undefined) ?? object),
      resource_version: typeof version === 'number' ? version : 1,
    },
    scope: scopeOf(object, fields),
    data: { object: example },
    cause: TOLD_BY_CHARGERS.has(object)
      ? { ...nobody, type: 'charger_message', ref: 'a message of the charger' }
      : { ...nobody, type: 'api_request', request_id: 'req_01JWA3R0TZ6P1Q8W5E2Y7U4I0A' },
  };
}

/** By which of its fields an object is named, the first that it has. */
const NAMES = ['id', 'emaid', 'identity', 'session_id', 'charger_id', 'site_id'] as const;
const isConnector = (object: string) => object === 'connector';
const nobody = { ref: null, request_id: null, idempotency_key: null, actor: null };

/** Where it is: what its fields say, and itself, where it is a place. */
function scopeOf(object: string, fields: Readonly<Record<string, unknown>>): EventScope {
  const all = { ...fields, [isConnector(object) ? object : `${object}_id`]: fields['id'] };
  const places = ['site_id', 'charger_id', 'connector', 'session_id', 'driver_id'].map((name) => [
    name,
    Reflect.get(all, name),
  ]);
  return Object.fromEntries(
    places.filter(([, id]) => typeof id === 'string' || typeof id === 'number'),
  );
}
