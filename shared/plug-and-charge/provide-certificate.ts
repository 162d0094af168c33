import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { sha256 } from '#shared/core/ids.ts';
import { post } from '#shared/net/post.ts';
import { getOrganization, type Organization } from '#shared/organizations/organization.ts';
import { openProvisioningToken } from '#shared/organizations/provisioning-token.ts';
import { activateContract } from '#shared/plug-and-charge/activate-contract.ts';

/** What a car asks of the issuer of its contract; the EXI message is base64, and none of our business. */
export interface CertificateRequest {
  readonly chargerId: string;
  readonly action: 'install' | 'update';
  readonly schemaVersion: string;
  readonly exiRequest: string;
}

export type Provided =
  | { readonly exiResponse: string; readonly reason?: undefined }
  | { readonly exiResponse?: undefined; readonly reason: string };

/** The car gives up after five seconds (ISO 15118-2 §8.7.2). */
const TIMEOUT_MS = 4000;
const ANSWER_BYTES = 32 * 1024;
/** What an OCPP 2.0.1 charger takes, by the errata. */
const LONGEST_EXI = 7500;

const Answer = z.object({
  exi_response: z
    .string()
    .min(1)
    .max(LONGEST_EXI)
    .regex(/^[A-Za-z0-9+/]+={0,2}$/, 'Not base64'),
  /** Whose contract it is, where the service tells. */
  emaid: z.string().optional(),
});

/**
 * Has the organization's contract provisioning service answer a car. The same question may come again:
 * the service is told so by the same `Idempotency-Key`.
 */
export async function provideCertificate(
  ctx: Context,
  asked: CertificateRequest,
): Promise<Provided> {
  const { contract_provisioning: service } = await getOrganization(ctx);
  if (!service)
    return failed(ctx, asked, 'NotConfigured', 'No provisioning service is configured.');
  const answer = await post({
    url: service.url,
    headers: await headersOf(ctx, service, asked),
    body: JSON.stringify({
      action: asked.action,
      iso15118_schema_version: asked.schemaVersion,
      exi_request: asked.exiRequest,
      charger_id: asked.chargerId,
    }),
    publicOnly: ctx.livemode,
    httpsOnly: ctx.livemode,
    timeoutMs: TIMEOUT_MS,
    answerBytes: ANSWER_BYTES,
  });
  if (answer.status === null)
    return failed(ctx, asked, 'ServiceUnreachable', answer.error ?? 'No answer.');
  if (answer.status !== 200)
    return failed(ctx, asked, 'ServiceRefused', `It answered ${answer.status}.`);
  const read = readAnswer(answer.body);
  if (!read) return failed(ctx, asked, 'ServiceUnreadable', 'Its answer is not as agreed.');
  if (read.emaid !== undefined) await activateContract(ctx, read.emaid);
  return { exiResponse: read.exi_response };
}

const headersOf = async (
  ctx: Context,
  { token }: NonNullable<Organization['contract_provisioning']>,
  { chargerId, action, exiRequest }: CertificateRequest,
) => ({
  'content-type': 'application/json; charset=utf-8',
  accept: 'application/json',
  'idempotency-key': sha256(`${chargerId}|${action}|${exiRequest}`),
  ...(token === null ? {} : { authorization: `Bearer ${await openProvisioningToken(ctx, token)}` }),
});

function readAnswer(body: Uint8Array): z.output<typeof Answer> | undefined {
  try {
    return Answer.safeParse(JSON.parse(Buffer.from(body).toString('utf8'))).data;
  } catch {
    // No JSON, or only the beginning of it.
    return undefined;
  }
}

function failed(ctx: Context, { chargerId }: CertificateRequest, reason: string, why: string) {
  ctx.log.warn('No contract certificate was provided', { charger: chargerId, reason, why });
  return { reason };
}
