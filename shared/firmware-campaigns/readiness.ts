import { capabilitiesOf } from '#shared/chargers/capabilities.ts';
import type { WholeCharger } from '#shared/chargers/charger-view.ts';
import type { ConnectorStatus } from '#shared/connectors/connector.ts';
import type { FirmwareImage } from '#shared/firmware/firmware-image.ts';
import { hasEnded, type StoredUpdate } from '#shared/firmware/firmware-update.ts';
import { misfitOf } from '#shared/firmware/fits-charger.ts';
import type { StoredCampaign } from '#shared/firmware-campaigns/campaign.ts';
import { isOpen } from '#shared/firmware-campaigns/window.ts';

/** What is to be done with a target now. */
export type Readiness =
  | { readonly now: 'begin' }
  | { readonly now: 'wait' }
  | { readonly now: 'skip'; readonly reason: string };

const WAIT: Readiness = { now: 'wait' };
const skip = (reason: string): Readiness => ({ now: 'skip', reason });

/** A car is there, and charges or will. */
const BUSY: readonly ConnectorStatus[] = ['Preparing', 'Charging', 'SuspendedEV', 'SuspendedEVSE'];

export interface Candidate {
  readonly whole: WholeCharger | undefined;
  readonly zone: string;
  readonly lastUpdate: StoredUpdate | undefined;
}

/** Whether a charger's update may begin: what will never be is skipped, what is not yet waits. */
export function readinessOf(
  campaign: StoredCampaign,
  image: FirmwareImage,
  { whole, zone, lastUpdate }: Candidate,
  now: Date,
): Readiness {
  if (!whole || whole.charger.decommissioned) return skip('decommissioned');
  const { charger, connection, connectors } = whole;
  if (charger.firmware_version === image.version) return skip('already_installed');
  const misfit = misfitOf(image, charger);
  if (misfit) return skip(misfit);
  if (charger.ocpp_version !== null && !capabilitiesOf(charger).firmware)
    return skip('not_supported');
  if (campaign.window && !isOpen(campaign.window, zone, now)) return WAIT;
  if (connection?.state !== 'online' || !connection.connection_id) return WAIT;
  if (lastUpdate && !hasEnded(lastUpdate.status)) return WAIT;
  const isIdle = connectors.every((c) => c.session_id === null && !BUSY.includes(c.status));
  return campaign.only_when_idle && !isIdle ? WAIT : { now: 'begin' };
}
