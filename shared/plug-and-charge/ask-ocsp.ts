import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { sha256 } from '#shared/core/ids.ts';
import { keys } from '#shared/db/keys.ts';
import { post } from '#shared/net/post.ts';
import { shortHex } from '#shared/plug-and-charge/certificate.ts';
import { HashData } from '#shared/plug-and-charge/hash-data.ts';
import { readOcspAnswer } from '#shared/plug-and-charge/ocsp-answer.ts';
import { ocspRequest } from '#shared/plug-and-charge/ocsp-request.ts';

/** Of which certificate a status is asked, and where. */
export const OcspQuestion = HashData.extend({ responder_url: z.string() });
export type OcspQuestion = z.infer<typeof OcspQuestion>;

/** A charger waits for us meanwhile, and a car for the charger. */
const TIMEOUT_MS = 5000;
/** An answer with the certificates of its responder stays far below. */
const ANSWER_BYTES = 16 * 1024;
/** However long a responder promises that nothing will change. */
const LONGEST_KEPT_MS = 7 * 86_400_000;

const Kept = z.object({ der: z.string() });

/**
 * What a responder says of a certificate, DER; undefined where it says nothing that can be read. It is
 * asked again only after its own `nextUpdate`. Whether it may be believed is another question: see
 * `readOcspAnswer`. The URL comes from a charger or a car: in live mode it must lead to the internet;
 * plain HTTP is usual for OCSP, whose answers are signed.
 */
export async function askOcsp(
  ctx: Context,
  question: OcspQuestion,
): Promise<Uint8Array | undefined> {
  const key = keys.ocspAnswer(ctx.tenantId, sha256(nameOf(question)));
  const kept = await ctx.table.get(key);
  if (kept) return Buffer.from(Kept.parse(kept).der, 'base64');
  const der = await askResponder(ctx, question);
  const answer = der && readOcspAnswer(der, question);
  if (!der || !answer) return undefined;
  const now = ctx.now().getTime();
  const until = Math.min(answer.nextUpdate?.getTime() ?? 0, now + LONGEST_KEPT_MS);
  if (until > now) {
    const item = {
      ...key,
      der: Buffer.from(der).toString('base64'),
      ttl: Math.floor(until / 1000),
    };
    await ctx.table.write([{ op: 'put', item }]);
  }
  return der;
}

/** What is one question, however its hexadecimal parts are spelled. */
const nameOf = ({ responder_url, serial_number, ...hash }: OcspQuestion): string =>
  [hash.algorithm, hash.issuer_name_hash, hash.issuer_key_hash, shortHex(serial_number)]
    .map((part) => part.toLowerCase())
    .concat(responder_url)
    .join('|');

async function askResponder(ctx: Context, question: OcspQuestion): Promise<Uint8Array | undefined> {
  const body = ocspRequest(question);
  if (!body) return undefined;
  const { responder_url: url } = question;
  const answer = await post({
    url,
    headers: { 'content-type': 'application/ocsp-request', accept: 'application/ocsp-response' },
    body,
    publicOnly: ctx.livemode,
    httpsOnly: false,
    timeoutMs: TIMEOUT_MS,
    answerBytes: ANSWER_BYTES,
  });
  if (answer.status === 200 && answer.whole) return answer.body;
  ctx.log.warn('An OCSP responder did not answer', {
    url,
    status: answer.status,
    error: answer.error,
  });
  return undefined;
}
