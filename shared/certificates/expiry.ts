import * as z from 'zod';
import {
  findIssuedCertificate,
  type StoredCertificate,
} from '#shared/certificates/charger-certificate.ts';
import { CertificateExpiring } from '#shared/certificates/events.ts';
import { askForRenewal } from '#shared/certificates/renew-certificate.ts';
import { saveCertificate } from '#shared/certificates/save-certificate.ts';
import { RenewCertificate } from '#shared/certificates/tasks.ts';
import { capabilitiesOf } from '#shared/chargers/capabilities.ts';
import type { Charger } from '#shared/chargers/charger.ts';
import { findCharger } from '#shared/chargers/charger-view.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { ConditionFailed, type Item } from '#shared/core/table.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { rowsOf } from '#shared/db/read-all.ts';
import { dueTask } from '#shared/events/task.ts';

/** So many days before its end a certificate is told to end; the first time, it is also renewed. */
const TOLD_DAYS = [1, 7, 30];
const FURTHEST_DAYS = 30;
const DAY_S = 86_400;
/** A charger that is offline gets the call when it is back. */
const RENEWAL_WAITS_S = 6 * DAY_S;

/** Tells of every certificate of the deployment that ends soon, and has it renewed. Once a day is enough. */
export async function tellExpiring(ctx: Context): Promise<void> {
  const now = isoNow(ctx);
  const until = plusSeconds(now, FURTHEST_DAYS * DAY_S);
  for (const at of new Set([now.slice(0, 7), until.slice(0, 7)])) {
    const due = { ...keys.allIssuedExpiring(`${at}-01`), from: now, to: `${until}~` };
    for await (const row of rowsOf(ctx, due)) {
      // A row of one tenant that cannot be handled must not keep the others from being told.
      try {
        await tellOne(ctx, row);
      } catch (error) {
        ctx.log.error('An expiring certificate could not be told', { pk: row.pk, error });
      }
    }
  }
}

const Row = z.object({
  id: z.string(),
  organization_id: z.string(),
  charger_id: z.string(),
  livemode: z.boolean(),
});

async function tellOne(job: Context, row: Item): Promise<void> {
  const { id, charger_id, organization_id: tenantId, livemode } = Row.parse(row);
  const ctx: Context = { ...job, tenantId, livemode };
  // The index may lag behind the row.
  const before = await findIssuedCertificate(ctx, charger_id, id);
  if (before?.status !== 'active' || !before.not_after) return;
  const days = dueDays(ctx, before);
  if (days === undefined) return;
  try {
    await saveCertificate(
      ctx,
      before,
      { told_days: days },
      {
        event: CertificateExpiring,
        tasks: [dueTask(ctx, RenewCertificate, { charger_id, certificate_id: id })],
      },
    );
  } catch (error) {
    // Renewed or told at this moment.
    if (!(error instanceof ConditionFailed)) throw error;
  }
}

/** The nearest of the days that has come and was not told; undefined where there is none. */
function dueDays(ctx: Context, { not_after, told_days }: StoredCertificate): number | undefined {
  const left = (Date.parse(not_after ?? '') - ctx.now().getTime()) / (DAY_S * 1000);
  const due = TOLD_DAYS.find((days) => left <= days);
  return due !== undefined && (told_days === null || due < told_days) ? due : undefined;
}

/** Asks the charger for a new request, if it can be asked and the certificate is still the one in use. */
export async function renewExpiring(
  ctx: Context,
  chargerId: string,
  certificateId: string,
): Promise<void> {
  const certificate = await findIssuedCertificate(ctx, chargerId, certificateId);
  const charger = await findCharger(ctx, chargerId);
  if (certificate?.status !== 'active' || !charger || !canBeAsked(charger, certificate)) return;
  const { use } = certificate;
  await askForRenewal(ctx, { chargerId, use, expiresInSeconds: RENEWAL_WAITS_S });
}

/** In 1.6 the security extension asks for the one, Plug & Charge over DataTransfer for the other. */
function canBeAsked(charger: Charger, { use }: StoredCertificate): boolean {
  const can = capabilitiesOf(charger);
  if (charger.ocpp_version === '1.6')
    return use === 'charger' ? can.security_trigger : can.plug_and_charge;
  return can.certificates;
}
