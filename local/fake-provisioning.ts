import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { sandboxContext } from '#local/sandbox-context.ts';
import type { Served } from '#local/served.ts';
import type { Runtime } from '#shared/aws/runtime.ts';
import { keys } from '#shared/db/keys.ts';
import { getOrganization } from '#shared/organizations/organization.ts';
import { sealProvisioningToken } from '#shared/organizations/provisioning-token.ts';

/** Opens nothing but this fake. */
const TOKEN = 'fake-provisioning-token';
const PATH = '/fake/contract-provisioning';

const Asked = z.object({ action: z.enum(['install', 'update']), exi_request: z.string() });

export const isFakeProvisioning = ({ url }: IncomingMessage): boolean => url === PATH;

/**
 * A contract provisioning service that is none: it answers as the real ones do, with words in place of a
 * certificate. A real one reads the car's EXI message and signs a contract; no car would take this answer.
 */
export const fakeProvisioning =
  (onServed: (served: Served) => void) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    const since = performance.now();
    const { method = '' } = request;
    text(request).then(
      (body) => {
        const status = answer(request, body, response);
        onServed({ method, path: PATH, status, ms: Math.round(performance.now() - since) });
      },
      // Whoever asked has gone.
      () => response.destroy(),
    );
  };

function answer({ method, headers }: IncomingMessage, body: string, to: ServerResponse): number {
  const asked = Asked.safeParse(readJson(body));
  const isKnown = headers.authorization === `Bearer ${TOKEN}`;
  const status = method !== 'POST' ? 405 : isKnown ? (asked.success ? 200 : 400) : 401;
  const words = `FAKE: no certificate was made (${asked.data?.action})`;
  const exi_response = Buffer.from(words).toString('base64');
  to.writeHead(status, { 'content-type': 'application/json' });
  to.end(JSON.stringify(status === 200 ? { exi_response } : {}));
  return status;
}

function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Has the sandbox ask the fake, at the port it has this time, unless somebody has named another. */
export async function useFakeProvisioning(from: Runtime): Promise<void> {
  const ctx = sandboxContext(from, 'fake-provisioning');
  const { contract_provisioning: now } = await getOrganization(ctx);
  const url = `${from.urls.api}${PATH}`;
  if (now && (now.url === url || !now.url.endsWith(PATH))) return;
  const key = keys.organization(ctx.tenantId);
  const contract_provisioning = { url, token: await sealProvisioningToken(ctx, TOKEN) };
  await ctx.table.write([{ op: 'update', key, set: { contract_provisioning }, when: 'present' }]);
}
