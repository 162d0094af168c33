import type { Endpoint } from '#shared/http/endpoint.ts';
import { aWrite } from '#test/http/an-endpoint.ts';
import { call, type Reply } from '#test/support/call.ts';
import type { TestContext } from '#test/support/context.ts';

export const KEY = 'order-8841';

/** An endpoint that counts its runs, and names what it makes after them. */
export function counting(work: () => Promise<void> = async () => {}) {
  const runs = { n: 0 };
  const endpoint = aWrite(async ({ body }) => {
    runs.n += 1;
    await work();
    return { id: `th_${runs.n}`, name: body.name, resource_version: 1 };
  });
  return { endpoint, runs };
}

export const send = (
  ctx: TestContext,
  endpoint: Endpoint,
  name = 'One',
  key = KEY,
): Promise<Reply> => call(ctx, endpoint, { body: { name }, headers: { 'idempotency-key': key } });
