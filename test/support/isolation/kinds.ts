import type { Field } from '#test/support/isolation/positions.ts';

/** Everything that a request can name. Each place of the world has one of each; so a new kind is made in populate.ts. */
export type Kind =
  | 'batch'
  | 'campaign'
  | 'cdr'
  | 'certificate'
  | 'charger'
  | 'command'
  | 'contract'
  | 'contract_id'
  | 'delivery'
  | 'diagnostics'
  | 'driver'
  | 'event'
  | 'group'
  | 'image'
  | 'key'
  | 'label'
  | 'member'
  | 'message'
  | 'oauth'
  | 'organization'
  | 'profile'
  | 'ref'
  | 'request'
  | 'reservation'
  | 'root'
  | 'session'
  | 'site'
  | 'template'
  | 'token'
  | 'uid'
  | 'update'
  | 'vehicle'
  | 'vendor'
  | 'webhook';

/** What a field of this name names, wherever it stands. */
const byName: Readonly<Record<string, Kind>> = {
  after: 'event',
  api_key_id: 'key',
  auto_register_site_id: 'site',
  batch_id: 'batch',
  campaign_id: 'campaign',
  cdr_id: 'cdr',
  certificate_id: 'certificate',
  charger_id: 'charger',
  charger_ids: 'charger',
  client_id: 'oauth',
  command_id: 'command',
  contract_id: 'contract_id',
  delivery_ids: 'delivery',
  driver_id: 'driver',
  driver_labels: 'label',
  emaid: 'contract',
  event_id: 'event',
  event_ids: 'event',
  external_ref: 'ref',
  firmware_image_id: 'image',
  group_id: 'group',
  label: 'label',
  labels: 'label',
  member_id: 'member',
  object_id: 'charger',
  ocpp_identity: 'charger',
  q: 'charger',
  replaces: 'key',
  request_id: 'request',
  reservation_id: 'reservation',
  resume_after: 'event',
  root_certificate_id: 'root',
  session_id: 'session',
  site_id: 'site',
  site_ids: 'site',
  template_id: 'template',
  token_id: 'token',
  token_uid: 'uid',
  uid: 'uid',
  vehicle_id: 'vehicle',
  vendor_id: 'vendor',
  webhook_endpoint_id: 'webhook',
};

/** Where a name means something of its own; `undefined`: it names nothing of ours. */
const byPlace: Readonly<Record<string, Kind | undefined>> = {
  'clearChargingProfiles id': 'profile',
  'createCharger id': 'charger',
  'createSite id': 'site',
  'createCommandBatch input.vendor_id': undefined,
  'listApiKeys ids': 'key',
  // Every organization's log knows whoever acted in it, and looks no further.
  'listAuditEntries actor_id': undefined,
  'listAuditEntries object_id': 'site',
  'listAuditEntries request_id': undefined,
  'listRequests credential_id': undefined,
  'listChargers ids': 'charger',
  'listDiagnostics ids': 'diagnostics',
  'listDrivers ids': 'driver',
  'listFirmwareCampaigns ids': 'campaign',
  'listFirmwareImages ids': 'image',
  'listFirmwareUpdates ids': 'update',
  'listOauthClients ids': 'oauth',
  'createOrganization id': 'organization',
  'listMembers ids': 'member',
  'listOrganizations ids': 'organization',
  'listOcppMessages message_id': 'message',
  'listReservations ids': 'reservation',
  'listSessions ids': 'session',
  'listSites ids': 'site',
  'listTokens ids': 'token',
  'listVendors ids': 'vendor',
  'sendDataTransfer vendor_id': undefined,
};

/** Names of text that identifies no object of an organization. */
const plain: ReadonlySet<string> = new Set(
  `action allowed_origins amenities amount apn certificate certificate_issuers city compatible_versions component component_instance
  consumer_number correlation_id country currency cursor customer_identifier data_transfer_vendors description discom energy_rate error
  event_type event_types expand file_name firmware_version from group gst_percent gstin idle_fee_per_minute
  include_total instance ip_allowlist issuer_key_hash issuer_name_hash key kind language line1 line2 local_time
  message_id model models name object_type operation password percent post_logout_redirect_uris phone postal_code preferred_network purpose rate_percent
  reason redirect_uris refresh sac scopes serial_number server session_fee sha256 signature signing_certificate state status
  text time_rate_per_minute timezone to token type types upload_url url user user_name value vendor_name
  version visual_number`.split(/\s+/),
);

/** What a field names; undefined where it names nothing. Throws for one that nobody has thought of. */
export function kindOf(operation: string, { path, name }: Field): Kind | undefined {
  const place = `${operation} ${path.replaceAll('[]', '')}`;
  if (place in byPlace) return byPlace[place];
  const kind = byName[name];
  if (kind || plain.has(name)) return kind;
  throw new Error(
    `${place}: what does "${name}" name? Add it to test/support/isolation/kinds.ts: its kind to byName ` +
      '(or to byPlace, where it means that here alone), or to plain where it names no object.',
  );
}
