import {
  certificateView,
  issuedItem,
  type StoredCertificate,
} from '#shared/certificates/charger-certificate.ts';
import type { CertificateRenewed } from '#shared/certificates/events.ts';
import { findCharger } from '#shared/chargers/charger-view.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import type { Write } from '#shared/core/table.ts';
import { commit } from '#shared/events/commit.ts';
import { type EventType, eventOf } from '#shared/events/event.ts';
import type { DueTask } from '#shared/events/recorded.ts';

interface Change {
  readonly event?: EventType<typeof CertificateRenewed.data>;
  readonly writes?: readonly Write[];
  readonly tasks?: readonly DueTask[];
}

/** The certificate with changes, as it will stand in its row. */
export const changedCertificate = (
  ctx: Context,
  before: StoredCertificate,
  changes: Partial<StoredCertificate>,
): StoredCertificate => ({
  ...before,
  ...changes,
  updated_at: isoNow(ctx),
  resource_version: before.resource_version + 1,
});

/** Stores a change of a certificate, with what goes with it. Throws ConditionFailed. */
export async function saveCertificate(
  ctx: Context,
  before: StoredCertificate,
  changes: Partial<StoredCertificate>,
  { event, writes = [], tasks = [] }: Change = {},
): Promise<StoredCertificate> {
  const next = changedCertificate(ctx, before, changes);
  const { id, charger_id, resource_version: version } = next;
  const site_id = event && (await findCharger(ctx, charger_id))?.site_id;
  await commit(ctx, {
    aggregate: { kind: 'certificate', id, version },
    writes: [
      {
        op: 'put',
        item: issuedItem(ctx, next),
        when: { resource_version: before.resource_version },
      },
      ...writes,
    ],
    events: event
      ? [
          eventOf(ctx, event, {
            id,
            version,
            scope: { charger_id, site_id: site_id ?? null },
            object: certificateView(next),
          }),
        ]
      : [],
    tasks,
  });
  return next;
}
