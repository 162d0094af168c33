import { findCharger } from '#shared/chargers/charger-view.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { sha256 } from '#shared/core/ids.ts';
import { ConditionFailed } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';
import { SecurityEventRecorded } from '#shared/security-events/events.ts';
import { type SecurityEvent, severityOf } from '#shared/security-events/security-event.ts';

export interface NewSecurityEvent {
  readonly chargerId: string;
  readonly type: string;
  readonly techInfo: string | null;
  readonly occurredAt: string;
  readonly source: SecurityEvent['source'];
  /** The same once more within the hour is not kept. */
  readonly onceIn?: 'hour';
}

/** As long as the events it is told by. */
const KEPT_DAYS = 90;

/** Keeps a security event and tells it, once however often it is sent. */
export async function recordSecurityEvent(ctx: Context, noticed: NewSecurityEvent): Promise<void> {
  const { chargerId: charger_id, type, techInfo: tech_info, occurredAt, source } = noticed;
  const moment = noticed.onceIn === 'hour' ? occurredAt.slice(0, 13) : occurredAt;
  const at = isoNow(ctx);
  const event: SecurityEvent = {
    id: ctx.newId('sec'),
    charger_id,
    type,
    severity: severityOf(type),
    source,
    tech_info,
    occurred_at: occurredAt,
    received_at: at,
    livemode: ctx.livemode,
    resource_version: 1,
  };
  const hash = sha256(JSON.stringify([source, type, tech_info])).slice(0, 16);
  const key = keys.securityEvent(ctx.tenantId, charger_id, moment, hash);
  const ttl = Math.floor(ctx.now().getTime() / 1000) + KEPT_DAYS * 86_400;
  const charger = await findCharger(ctx, charger_id);
  const scope = { charger_id, site_id: charger?.site_id ?? null };
  try {
    await commit(ctx, {
      aggregate: { kind: 'security_event', id: event.id, version: 1 },
      writes: [{ op: 'put', item: { ...event, ...key, ttl }, when: 'absent' }],
      events: [
        eventOf(ctx, SecurityEventRecorded, { id: event.id, version: 1, scope, object: event }),
      ],
    });
  } catch (error) {
    // It was told before.
    if (!(error instanceof ConditionFailed)) throw error;
  }
}
