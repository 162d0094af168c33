import type { ServerResponse } from 'node:http';
import '#shared/catalogue/event-types.ts';
import { createSite } from '#shared/sites/manage-sites.ts';
import { NewSite } from '#shared/sites/site.ts';
import { listDeliveries } from '#shared/webhooks/list-deliveries.ts';
import { createWebhookEndpoint } from '#shared/webhooks/manage-endpoints.ts';
import { getWebhookEndpoint, NewWebhookEndpoint } from '#shared/webhooks/webhook-endpoint.ts';
import type { TestContext } from '#test/support/context.ts';
import type { LoopbackServer } from '#test/support/loopback-server.ts';
import { pendingTasks, settle } from '#test/support/settle.ts';

export async function anEndpoint(ctx: TestContext, server: LoopbackServer, more: object = {}) {
  const wanted = NewWebhookEndpoint.parse({ url: server.url, ...more });
  const { endpoint, secret } = await createWebhookEndpoint(ctx, wanted);
  return { ...endpoint, secret };
}

/** Makes one `site.created` happen. */
export async function somethingHappens(ctx: TestContext, id = 'BLR-IND') {
  await createSite(ctx, NewSite.parse({ id, name: id }));
  await settle(ctx);
}
export const theDelivery = async (ctx: TestContext, id: string) => {
  const endpoint = await getWebhookEndpoint(ctx, id);
  const { items } = await listDeliveries(ctx, endpoint, {}, { limit: 50 });
  const [delivery, ...others] = items;
  if (!delivery || others.length > 0) throw new Error('not one delivery');
  return delivery;
};
export const fail =
  (status: number, headers: Record<string, string> = {}) =>
  (response: ServerResponse) =>
    response.writeHead(status, headers).end('no');
/** Moves the clock to the next task and lets it run. */
export async function untilNext(ctx: TestContext): Promise<void> {
  const [next] = pendingTasks(ctx);
  if (!next) throw new Error('nothing is due');
  ctx.tick(Date.parse(next.at) - ctx.now().getTime());
  await settle(ctx);
}
