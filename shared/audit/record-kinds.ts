import type { Item, Key } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';

/** A row that people know as an object, or as part of one. */
export interface RecordKind {
  /** As events and aggregates call it. */
  readonly object: string;
  readonly pk: RegExp;
  readonly sk: RegExp;
  /** The attribute that holds the object's id; left out: `id`, or else what the key names. */
  readonly id?: string;
  /** Shown of it; left out: everything but what is hidden, here and everywhere. */
  readonly only?: readonly string[];
  readonly hidden?: readonly string[];
  /** Where this is set, the row is part of another object and is not shown. */
  readonly unless?: string;
}

/** Stand for an organization, for an id and for a number in a key. */
const [TENANT, ID, NUMBER] = ['\u0001', '\u0002', 123];

function kind(
  object: string,
  { pk, sk }: Key,
  more: Pick<RecordKind, 'id' | 'only' | 'hidden' | 'unless'> = {},
): RecordKind {
  return { object, pk: patternOf(pk), sk: patternOf(sk), ...more };
}

function patternOf(part: string): RegExp {
  const escaped = part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const source = escaped
    .replaceAll(TENANT, '[^#]+')
    .replaceAll(ID, '(.+)')
    .replace(/0*123/, '\\d+');
  return new RegExp(`^${source}$`);
}

/**
 * Which rows an entry of the audit log shows. A row of no kind here is shown to nobody: pointers, counters,
 * queues and what is kept to recognise a repeat. An entity joins with one line.
 */
const KINDS: readonly RecordKind[] = [
  kind('organization', keys.organization(TENANT)),
  kind('api_key', keys.apiKey(ID), { id: 'id' }),
  kind('oauth_client', keys.oauthClient(ID)),
  kind('member', keys.member(TENANT, ID), { hidden: ['email', 'invitation', 'last_sign_in_at'] }),
  kind('driver', keys.driver(TENANT, ID), { hidden: ['email', 'phone', 'sessions_valid_from'] }),
  kind('site', keys.site(TENANT, ID)),
  kind('charger', keys.charger(TENANT, ID), { hidden: ['abilities', 'moving', 'booted_at'] }),
  kind('connector', keys.connector(TENANT, ID, NUMBER), {
    only: ['type', 'format', 'power_kw', 'max_current_a', 'phases', 'reservation_id', 'session_id'],
  }),
  kind('token', keys.token(TENANT, ID)),
  kind('contract', keys.contract(TENANT, ID), { id: 'emaid', hidden: ['tenant', 'chain'] }),
  kind('root_certificate', keys.rootCertificate(TENANT, ID)),
  kind('command', keys.command(TENANT, ID), {
    only: [
      ...['id', 'type', 'charger_id', 'connector', 'session_id', 'batch_id', 'status'],
      ...['input', 'expires_at', 'completed_at'],
    ],
    unless: 'part_of',
  }),
  kind('command_batch', keys.commandBatch(TENANT, ID)),
  kind('command_batch', keys.commandBatchChargers(TENANT, ID)),
  kind('configuration_template', keys.configurationTemplate(TENANT, ID)),
  kind('diagnostics', keys.diagnostics(TENANT, ID)),
  kind('firmware_image', keys.firmwareImage(TENANT, ID)),
  kind('firmware_update', keys.firmwareUpdate(TENANT, ID), { hidden: ['position', 'reports'] }),
  kind('firmware_campaign', keys.campaign(TENANT, ID), { hidden: ['search', 'base', 'turn'] }),
  kind('reservation', keys.reservation(TENANT, ID)),
  kind('session', keys.session(TENANT, ID), { hidden: ['tariff', 'live_url'] }),
  kind('session', keys.liveSession(TENANT, ID), {
    id: 'session_id',
    only: ['status', 'stop_reason', 'stop_command_id'],
  }),
  kind('local_list', keys.localList(TENANT, ID), { id: 'charger_id' }),
  kind('webhook_endpoint', keys.webhook(TENANT, ID)),
  {
    ...kind('delivery', keys.delivery(TENANT, ID, ID), {
      only: ['webhook_endpoint_id', 'event_id', 'event_type', 'status', 'next_attempt_at'],
    }),
    // Of any shard.
    pk: /#DELIVERIES#.$/,
  },
  kind('live_ticket', keys.liveTicket(ID), { id: 'id', hidden: ['organization_id'] }),
];

export const findRecordKind = (key: Key): RecordKind | undefined =>
  KINDS.find(({ pk, sk }) => pk.test(key.pk) && sk.test(key.sk));

/** The id that people know the object by; never a hash that it lies under. */
export function idOfRecord({ id, pk, sk }: RecordKind, key: Key, row: Partial<Item>): string {
  const own = row[id ?? 'id'];
  if (typeof own === 'string' || id !== undefined) return String(own ?? '');
  const charger = row['charger_id'];
  // A part of a charger has a number of its own.
  if (typeof own === 'number' && typeof charger === 'string') return `${charger}/${own}`;
  return pk.exec(key.pk)?.[1] ?? sk.exec(key.sk)?.[1] ?? '';
}
