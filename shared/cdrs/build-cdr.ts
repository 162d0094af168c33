import { Cdr } from '#shared/cdrs/cdr.ts';
import type { Connector } from '#shared/connectors/connector.ts';
import { AppError } from '#shared/core/errors.ts';
import type { Organization } from '#shared/organizations/organization.ts';
import type { Receipt } from '#shared/pricing/receipt.ts';
import { receiptOf } from '#shared/sessions/advance.ts';
import type { LiveSession, Session } from '#shared/sessions/session.ts';
import type { Site } from '#shared/sites/site.ts';
import { maskUid } from '#shared/tokens/mask-uid.ts';

/** What a CDR is made of besides its session. The place may have gone since. */
export interface CdrSurroundings {
  readonly organization: Organization;
  readonly site: Site | undefined;
  readonly connector: Connector | undefined;
}

/** The CDR of an ended session. Pure: the same session gives the same figures, whenever it is priced. */
export function buildCdr(
  session: Session,
  live: LiveSession,
  { organization, site, connector }: CdrSurroundings,
  issue: Pick<Cdr, 'id' | 'number' | 'issued_at'>,
): Cdr {
  const begun = live.charging_started_at ?? session.started_at;
  const ended = live.ended_at ?? live.updated_at;
  const receipt = receiptOf(session, { ...live, charging_started_at: begun }, ended);
  if (!receipt) throw new AppError('internal_error', 'A session without a start has no price.');
  return Cdr.parse({
    ...issue,
    session_id: session.id,
    started_at: session.started_at,
    charging_started_at: begun,
    charging_ended_at: live.charging_ended_at,
    ended_at: ended,
    stop_reason: live.stop_reason,
    site_id: session.site_id,
    site_name: site?.name ?? null,
    address: site?.address ?? null,
    geo: site?.geo ?? null,
    charger_id: session.charger_id,
    connector: session.connector,
    plug_type: connector?.type ?? null,
    format: connector?.format ?? null,
    auth_method: session.auth_method,
    token_uid_masked: session.token_uid && maskUid(session.token_uid),
    driver_id: session.driver_id,
    meter_start_wh: live.meter_start_wh,
    meter_stop_wh: live.meter_wh,
    soc_end: live.soc_percent,
    receipt,
    tariff: session.tariff,
    tariff_override: session.tariff_override,
    supplier_gstin: organization.tax.gstin,
    sac: organization.tax.sac,
    flags: flagsOf(live, receipt),
    external_ref: session.external_ref,
    metadata: session.metadata,
    livemode: session.livemode,
  });
}

/** All that was odd, from the meter to the price. Incomplete: messages are missing, or the meter was never read. */
function flagsOf(live: LiveSession, receipt: Receipt): string[] {
  const incomplete = live.missing_seq.length > 0 || live.meter_wh === null;
  return [
    ...new Set([
      ...live.flags,
      ...receipt.flags,
      ...(receipt.interpolated ? ['interpolated'] : []),
      ...(live.offline ? ['offline'] : []),
      ...(incomplete ? ['incomplete_data'] : []),
    ]),
  ];
}
