import type { Context } from '#shared/core/context.ts';
import { metric } from '#shared/core/metric-names.ts';
import type { LogLevel } from '#shared/ocpp-log/level.ts';
import type { NewMessage } from '#shared/ocpp-log/logged-message.ts';
import { redactMessage, redactText } from '#shared/ocpp-log/redact.ts';

export interface Wire {
  readonly chargerId: string;
  readonly connectionId: string;
  /** `1.6` */
  readonly version: string;
  readonly level: LogLevel;
}

/**
 * Keeps what was said over a charger's socket, as far as is wanted, without its passwords. Of one
 * exchange, in one go. It may fail for itself alone: no message of a charger is lost to its log.
 */
export async function recordMessages(
  ctx: Context,
  wire: Wire,
  messages: readonly NewMessage[],
): Promise<void> {
  const wanted = wire.level === 'all' || (wire.level === 'errors' && messages.some(isTelling));
  if (!wanted || messages.length === 0) return;
  try {
    const id = ctx.newId('ocm');
    const lines = messages.map((message, n) => ({
      at: Date.parse(message.at),
      text: JSON.stringify({
        ...lineOf(message),
        id: messages.length === 1 ? id : `${id}-${n}`,
        connection_id: wire.connectionId,
        ocpp_version: wire.version,
      }),
    }));
    await ctx.traffic.append(logOf(ctx.tenantId, wire.chargerId), lines);
  } catch (error) {
    ctx.log.warn('Messages could not be logged', { charger: wire.chargerId, error });
    ctx.log.count(metric.ocppLogFailures);
  }
}

/** Each charger has a log of its own, so that who reads one reads no other's. */
export const logOf = (tenantId: string, chargerId: string): string => `${tenantId}/${chargerId}`;

/** The message as its line holds it, without what is empty. */
function lineOf({ payload, raw, ...message }: NewMessage): Record<string, unknown> {
  const shown = {
    ...message,
    ...(payload === undefined ? {} : { payload: redactMessage(message.action, payload) }),
    ...(typeof raw === 'string' ? { raw: redactText(raw) } : {}),
  };
  const isEmpty = (value: unknown) =>
    value === null || value === undefined || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(shown).filter(([, value]) => !isEmpty(value)));
}

/** What somebody who looks for trouble looks for. */
const isTelling = ({ type, error, repairs = [], delivered = true }: NewMessage): boolean =>
  type === 'unreadable' || Boolean(error) || repairs.length > 0 || !delivered;
