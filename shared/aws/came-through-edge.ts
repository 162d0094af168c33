import { timingSafeEqual } from 'node:crypto';
import type { Runtime } from '#shared/aws/runtime.ts';
import { sha256 } from '#shared/core/ids.ts';

/** Whether a request carries the secret the edge adds; true where there is no edge. */
export async function cameThroughEdge(
  headers: Readonly<Record<string, string>>,
  from: Pick<Runtime, 'originSecret'>,
): Promise<boolean> {
  const expected = await from.originSecret();
  if (expected === undefined) return true;
  const given = headers['x-origin-verify'] ?? '';
  return timingSafeEqual(Buffer.from(sha256(given)), Buffer.from(sha256(expected)));
}
