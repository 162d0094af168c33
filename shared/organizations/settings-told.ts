/**
 * What each setting of an organization means, and from when a change of it counts, as the API's document
 * says it.
 */
export const told = {
  name: 'What people see, and the organization in the certificates of its chargers.',
  currency:
    'ISO 4217, of two decimals. What is charged and paid is in it, so it is settled with the first site or charger.',
  timezone:
    'IANA time zone. Days of payouts and windows of campaigns, where no site has one of its own. From the next calculation on.',
  auto_register:
    'Test organizations only. A charger with an unknown identity is registered by itself; else it is refused, and listed among the unclaimed. From the next connection on.',
  auto_register_site_id:
    'The site where such a charger is put, so that its charges have a price; null for none.',
  allow_unsecured:
    'Test organizations only. A charger of security profile 0 may connect without a password. From the next connection on: who is connected stays.',
  offline_grace_seconds:
    'A lost socket may be back within this time before the charger is `offline`. From the next loss on.',
  heartbeat_interval_seconds:
    'What a charger is told at its next boot. At most nine minutes: the gateway closes a socket that is silent for ten.',
  read_configuration_on_boot:
    "Read a charger's configuration after each boot. Off for certification tests, which allow no such call. From the next boot on.",
  accept_unknown_tokens:
    'Let whoever shows a token that is not stored charge; else it is refused. At once, for the next token shown.',
  drivers_may_sign_up:
    'Whoever proves an email that no driver has becomes a driver by signing in to one of your apps; else those you created sign in alone. At once. On in test mode, off in live mode, until it is set.',
  max_concurrent_sessions_per_token:
    'Sessions a token may have open at once, unless it or its group says otherwise; null: any number. Running sessions stay.',
  max_concurrent_sessions_by_group:
    'The same for each token of a group, by group id. In a patch, null takes a group out and those left out stay.',
  local_list:
    'Which tokens chargers keep for when they are offline, unless their site says otherwise. `all`: every token that may charge there; `labels`: of these, those with a label the site asks for. A change has all lists compared, and those that differ sent anew.',
  data_transfer_vendors:
    'Vendor ids whose own messages (DataTransfer) somebody here handles: they are accepted, others answered `UnknownVendorId`. At once; all of them are told as events either way.',
  ocpp_log:
    "How much of the raw traffic of chargers is kept, unless a charger says otherwise. `errors`: refused, unreadable and repaired messages. A charger's socket keeps what was set when it was opened, for two hours at most.",
  tax: 'GST of its own sales. In a patch, what is left out of it stays. For charges billed from now on; a site whose tariff names its taxes keeps those.',
  gst_percent: 'Percent as a decimal string; half to the centre and half to the state.',
  sac: 'Services accounting code, six digits that begin with 99.',
  gstin: "The supplier's GST number, its check character right; null where not registered.",
  certificate_valid_days:
    'How long a certificate is good that a charger asks for. For those issued from now on.',
  certificate_issuers:
    "Issuers other than this platform whose client certificates its chargers may show; the edge must trust their roots too. Give each as the PEM of its CA certificate or by its name in RFC 2253 (`CN=Vendor CA,O=Vendor`), which is how they are shown. Never the platform's own authority. From the next connection on.",
  contract_provisioning:
    'The service that issues contract certificates to cars that ask a charger for one; null for none. HTTPS at a public address, in live mode. At once.',
  token:
    'Sent to it as `Authorization: Bearer`. Stored encrypted and never shown. Left out, the one that is there stays, unless `url` changes; null takes it away.',
} as const;
