/**
 * Imports every domain's events, so that whoever completes an envelope knows all types. One line for
 * each `events.ts`; test/events/event-types.test.ts finds a missing one.
 */
import '#shared/authorizations/events.ts';
import '#shared/cdrs/events.ts';
import '#shared/certificates/events.ts';
import '#shared/chargers/events.ts';
import '#shared/command-batches/events.ts';
import '#shared/commands/events.ts';
import '#shared/configuration/events.ts';
import '#shared/connectors/events.ts';
import '#shared/drivers/events.ts';
import '#shared/oauth-clients/events.ts';
import '#shared/members/events.ts';
import '#shared/organizations/events.ts';
import '#shared/plug-and-charge/events.ts';
import '#shared/reservations/events.ts';
import '#shared/security-events/events.ts';
import '#shared/diagnostics/events.ts';
import '#shared/firmware/events.ts';
import '#shared/firmware-campaigns/events.ts';
import '#shared/local-lists/events.ts';
import '#shared/sessions/events.ts';
import '#shared/sites/events.ts';
import '#shared/smart-charging/events.ts';
import '#shared/tariffs/events.ts';
import '#shared/tokens/events.ts';
import '#shared/webhooks/events.ts';

export { allEventTypes } from '#shared/events/event.ts';
