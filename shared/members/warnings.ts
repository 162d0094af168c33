import * as z from 'zod';
import type { Letter } from '#shared/core/mail.ts';
import type { EventEnvelope } from '#shared/events/envelope.ts';

type Said = Omit<Letter, 'to'>;

/** What administrators are written, and the sites of it; null for all. */
export interface Warning {
  readonly siteIds: readonly string[] | null;
  readonly letter: (organization: string) => Said;
}

const Sites = z.array(z.string()).nullable();

const DisabledEndpoint = z.object({
  id: z.string(),
  url: z.string(),
  disabled_reason: z.string().nullable(),
  reach: z.object({ site_ids: Sites }),
});

const EndingKey = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  expires_at: z.string(),
  site_ids: Sites,
});

/** Of its URL the host alone: the rest may be a secret of the receiver. */
export function disabledWebhook({ data }: EventEnvelope): Warning {
  const { id, url, disabled_reason, reach } = DisabledEndpoint.parse(data.object);
  const { host } = new URL(url);
  const why =
    disabled_reason === 'gone'
      ? 'It answered 410 Gone, which asks us to stop.'
      : 'Nothing could be delivered to it for five days.';
  return {
    siteIds: reach.site_ids,
    letter: (organization) => ({
      subject: `${organization}: webhooks to ${host} are disabled`,
      text: `Hello,

the webhook endpoint ${id} of ${organization}, at ${host}, was disabled and gets no more events. ${why}

Once it can be reached again, enable it with PATCH /v1/webhook-endpoints/${id} and {"status":"enabled"}. What
it has missed can be sent then with POST /v1/webhook-endpoints/${id}/replay: events are kept for 90 days.`,
    }),
  };
}

export function endingKey({ data, created_at }: EventEnvelope): Warning {
  const { id, name, prefix, expires_at, site_ids } = EndingKey.parse(data.object);
  const days = Math.ceil((Date.parse(expires_at) - Date.parse(created_at)) / 86_400_000);
  const when = days <= 1 ? 'within a day' : `in ${days} days`;
  return {
    siteIds: site_ids,
    letter: (organization) => ({
      subject: `${organization}: the API key "${name}" ends ${when}`,
      text: `Hello,

the API key "${name}" of ${organization} (${prefix}…, ${id}) ends ${when}, at ${expires_at}. Whatever uses it is
refused from then on.

POST /v1/api-keys with {"replaces":"${id}"} makes one in its place; both work until you have changed over.`,
    }),
  };
}
