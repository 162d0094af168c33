import type * as z from 'zod';
import { type Context, isoNow } from '#shared/core/context.ts';
import { metric } from '#shared/core/metric-names.ts';
import { ConditionFailed } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import type { EventEnvelope } from '#shared/events/envelope.ts';
import { findEvent } from '#shared/events/event-log.ts';
import {
  findDelivery,
  type StoredAttempt,
  type StoredDelivery,
} from '#shared/webhooks/delivery.ts';
import { disableEndpoint } from '#shared/webhooks/disable-endpoint.ts';
import { type HttpPost, LATE_MS, type PostAnswer } from '#shared/webhooks/http-post.ts';
import { noteSlow } from '#shared/webhooks/lane.ts';
import { retryAfterMs, waitAfter } from '#shared/webhooks/retry-schedule.ts';
import { attemptTask, saveDelivery } from '#shared/webhooks/schedule-delivery.ts';
import { webhookHeaders } from '#shared/webhooks/sign-webhook.ts';
import type { DeliverWebhook } from '#shared/webhooks/tasks.ts';
import { WebhookEndpoint } from '#shared/webhooks/webhook-endpoint.ts';
import { noteFailure, noteSuccess, tallyAttempt } from '#shared/webhooks/webhook-health.ts';
import { bodyOf, FIXED_HEADERS } from '#shared/webhooks/webhook-request.ts';
import { openAll } from '#shared/webhooks/webhook-secret.ts';

const GIVE_UP_MS = 5 * 86_400_000;
const ATTEMPTS_KEPT = 20;
const GONE = 410;
/** The statuses with which a server may say when to come back. */
const BACK_LATER = [429, 503];

/**
 * One attempt to deliver. Given twice, or late, it does what the delivery's row says: nothing, if that
 * attempt has been made. What came of it and when the next is due are recorded together.
 */
export async function deliver(
  ctx: Context,
  asked: z.output<(typeof DeliverWebhook)['payload']>,
  post: HttpPost,
): Promise<void> {
  const delivery = await findDelivery(ctx, asked.endpoint_id, asked.delivery_id);
  const isTurn = delivery?.round === asked.round && delivery.tries + 1 === asked.attempt;
  if (!delivery || !isTurn || !['pending', 'retrying'].includes(delivery.status)) return;
  const item = await ctx.table.get(keys.webhook(ctx.tenantId, asked.endpoint_id));
  const endpoint = item && WebhookEndpoint.parse(item);
  const event = await findEvent(ctx, delivery.event_id);
  if (endpoint?.status !== 'enabled' || !event) return cancel(ctx, delivery);
  const noticing = noticeSlow(ctx, endpoint, post);
  const made = await attemptPost(ctx, endpoint, event, delivery.tries + 1, noticing.post);
  await unlessChanged(record(ctx, endpoint, delivery, made));
  await noteOutcome(ctx, endpoint, made);
  await noticing.done(made.attempt.duration_ms);
}

/** While a slow endpoint still thinks, others are told: what comes next need not stand behind it. */
function noticeSlow(ctx: Context, endpoint: WebhookEndpoint, post: HttpPost) {
  let noted: Promise<void> | undefined;
  const onLate = () => {
    noted ??= noteSlow(ctx, endpoint).catch((error: unknown) =>
      ctx.log.warn('A slow endpoint was not noted', { endpoint: endpoint.id, error }),
    );
  };
  return {
    post: (request: Parameters<HttpPost>[0]) => post({ ...request, onLate }),
    done: async (ms: number) => {
      if (ms >= LATE_MS) onLate();
      await noted;
    },
  };
}

export interface Attempted {
  readonly attempt: StoredAttempt;
  readonly answer: PostAnswer;
}
export const isSuccess = ({ status }: PostAnswer): boolean =>
  status !== null && status >= 200 && status < 300;

/** Signs and posts once. */
export async function attemptPost(
  ctx: Context,
  endpoint: WebhookEndpoint,
  event: EventEnvelope,
  number: number,
  post: HttpPost,
): Promise<Attempted> {
  const at = ctx.now();
  const body = bodyOf(event);
  const secrets = await openAll(ctx, endpoint.id, endpoint.secrets);
  const signed = webhookHeaders({ secrets }, { id: event.id, at, body });
  const headers = { ...FIXED_HEADERS, ...signed };
  const answer = await post({ url: endpoint.url, headers, body, publicOnly: ctx.livemode });
  return {
    answer,
    attempt: {
      number,
      at: at.toISOString(),
      url: endpoint.url,
      status_code: answer.status,
      duration_ms: ctx.now().getTime() - at.getTime(),
      error: answer.error ?? (isSuccess(answer) ? null : `Answered ${answer.status}.`),
      signature: signed['webhook-signature'],
      response_headers: answer.headers,
      response_excerpt: answer.excerpt,
    },
  };
}

async function record(
  ctx: Context,
  endpoint: WebhookEndpoint,
  before: StoredDelivery,
  made: Attempted,
): Promise<void> {
  const { attempt, answer } = made;
  const next: StoredDelivery = {
    ...before,
    ...outcome(ctx, before, answer),
    tries: attempt.number,
    attempts: [...before.attempts, attempt].slice(-ATTEMPTS_KEPT),
    updated_at: isoNow(ctx),
    resource_version: before.resource_version + 1,
  };
  const tasks = next.status === 'retrying' ? [attemptTask(ctx, endpoint, next)] : [];
  await saveDelivery(ctx, before, next, tasks, [
    tallyAttempt(ctx, next.webhook_endpoint_id, next.id, isSuccess(answer)),
  ]);
}

function outcome(
  ctx: Context,
  { id, tries }: StoredDelivery,
  answer: PostAnswer,
): Pick<StoredDelivery, 'status' | 'next_attempt_at'> {
  if (isSuccess(answer)) return { status: 'succeeded', next_attempt_at: null };
  if (answer.status === GONE) return { status: 'canceled', next_attempt_at: null };
  const asksForTime = answer.status !== null && BACK_LATER.includes(answer.status);
  const asked = asksForTime ? retryAfterMs(answer.retryAfter, ctx.now()) : 0;
  const wait = waitAfter(tries + 1, id, asked);
  if (wait === undefined) return { status: 'exhausted', next_attempt_at: null };
  const at = new Date(ctx.now().getTime() + wait).toISOString();
  return { status: 'retrying', next_attempt_at: at };
}

/** What the attempt says about the endpoint as a whole. */
async function noteOutcome(ctx: Context, endpoint: WebhookEndpoint, made: Attempted) {
  const { answer, attempt } = made;
  if (isSuccess(answer)) return noteSuccess(ctx, endpoint.id);
  ctx.log.count(metric.webhookFailures);
  const since = await noteFailure(ctx, endpoint.id, attempt.error ?? 'Failed.');
  if (answer.status === GONE) return disableEndpoint(ctx, endpoint.id, 'gone');
  if (ctx.now().getTime() - Date.parse(since) >= GIVE_UP_MS)
    await disableEndpoint(ctx, endpoint.id, 'failing');
}

/** Nobody is to be told any more: the endpoint is off or gone, or the event is no longer kept. */
const cancel = (ctx: Context, before: StoredDelivery): Promise<void> =>
  unlessChanged(
    saveDelivery(ctx, before, {
      ...before,
      status: 'canceled',
      next_attempt_at: null,
      updated_at: isoNow(ctx),
      resource_version: before.resource_version + 1,
    }),
  );

/** Another worker was given the same attempt and was faster: its record stands. */
async function unlessChanged(saving: Promise<void>): Promise<void> {
  try {
    await saving;
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
}
