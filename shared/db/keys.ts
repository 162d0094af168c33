import { auditKeys } from '#shared/db/keys/audit.ts';
import { cdrsKeys } from '#shared/db/keys/cdrs.ts';
import { certificatesKeys } from '#shared/db/keys/certificates.ts';
import { chargersKeys } from '#shared/db/keys/chargers.ts';
import { commandBatchesKeys } from '#shared/db/keys/command-batches.ts';
import { commandsKeys } from '#shared/db/keys/commands.ts';
import { configurationKeys } from '#shared/db/keys/configuration.ts';
import { diagnosticsKeys } from '#shared/db/keys/diagnostics.ts';
import { displaysKeys } from '#shared/db/keys/displays.ts';
import { driversKeys } from '#shared/db/keys/drivers.ts';
import { eventsKeys } from '#shared/db/keys/events.ts';
import { firmwareKeys } from '#shared/db/keys/firmware.ts';
import { liveKeys } from '#shared/db/keys/live.ts';
import { localListsKeys } from '#shared/db/keys/local-lists.ts';
import { mailKeys } from '#shared/db/keys/mail.ts';
import { membersKeys } from '#shared/db/keys/members.ts';
import { oauthKeys } from '#shared/db/keys/oauth.ts';
import { organizationsKeys } from '#shared/db/keys/organizations.ts';
import { plugAndChargeKeys } from '#shared/db/keys/plug-and-charge.ts';
import { reservationsKeys } from '#shared/db/keys/reservations.ts';
import { sessionsKeys } from '#shared/db/keys/sessions.ts';
import { sitesKeys } from '#shared/db/keys/sites.ts';
import { smartChargingKeys } from '#shared/db/keys/smart-charging.ts';
import { tokensKeys } from '#shared/db/keys/tokens.ts';
import { webhooksKeys } from '#shared/db/keys/webhooks.ts';

/**
 * The whole single-table layout: a page for each area in `keys/`, with a table of its rows on top.
 * Every key string in the system is built there and nowhere else. The tenant (`t`, the organization
 * id) is part of every pk except the look-ups by a secret's hash and by an OAuth client's id, so a
 * guessed id never reaches another tenant's row. Each aggregate has its own pk; hot rows (connection, connector, live session)
 * carry no list index, so no partition takes more writes than DynamoDB gives one.
 */
export const keys = {
  ...auditKeys,
  ...cdrsKeys,
  ...certificatesKeys,
  ...chargersKeys,
  ...commandBatchesKeys,
  ...commandsKeys,
  ...configurationKeys,
  ...diagnosticsKeys,
  ...displaysKeys,
  ...driversKeys,
  ...eventsKeys,
  ...firmwareKeys,
  ...liveKeys,
  ...localListsKeys,
  ...mailKeys,
  ...oauthKeys,
  ...membersKeys,
  ...organizationsKeys,
  ...plugAndChargeKeys,
  ...reservationsKeys,
  ...sessionsKeys,
  ...sitesKeys,
  ...smartChargingKeys,
  ...tokensKeys,
  ...webhooksKeys,
} as const;
