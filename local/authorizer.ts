import * as z from 'zod';
import type { Lambda } from '#local/lambda.ts';

const Answer = z.object({
  principalId: z.string().optional(),
  policyDocument: z.object({
    Statement: z.array(z.object({ Effect: z.enum(['Allow', 'Deny']) })),
  }),
  context: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});

/** `context`: as API Gateway hands it on, everything a string. */
export type Authorization =
  | { readonly allowed: true; readonly context: Record<string, string> }
  | { readonly allowed: false; readonly status: 401 | 403 };

/** Asks an authorizer. As in API Gateway, only the error `Unauthorized` makes a 401. */
export async function authorize(authorizer: Lambda, event: unknown): Promise<Authorization> {
  let answer: unknown;
  try {
    answer = await authorizer.invoke(event);
  } catch (error) {
    if (error instanceof Error && error.message === 'Unauthorized')
      return { allowed: false, status: 401 };
    throw error;
  }
  const { principalId = '', policyDocument, context = {} } = Answer.parse(answer);
  if (!policyDocument.Statement.every(({ Effect }) => Effect === 'Allow'))
    return { allowed: false, status: 403 };
  const strings = Object.entries(context).map(([name, value]) => [name, String(value)]);
  return { allowed: true, context: { ...Object.fromEntries(strings), principalId } };
}

/**
 * Answers kept by key for a while, as API Gateway keeps those of the REST API's authorizer; a minute
 * there, a moment here, where somebody may be watching what a revoked key can still do.
 */
export class AuthorizationCache {
  readonly #kept = new Map<string, { until: number; answer: Authorization }>();
  readonly #keepMs: number;
  readonly #most: number;

  constructor({ keepMs = 2000, most = 1000 } = {}) {
    this.#keepMs = keepMs;
    this.#most = most;
  }

  async get(key: string, ask: () => Promise<Authorization>): Promise<Authorization> {
    const now = performance.now();
    const kept = this.#kept.get(key);
    if (kept && kept.until > now) return kept.answer;
    const answer = await ask();
    this.#kept.delete(key);
    this.#kept.set(key, { until: now + this.#keepMs, answer });
    if (this.#kept.size > this.#most) {
      const [oldest = ''] = this.#kept.keys();
      this.#kept.delete(oldest);
    }
    return answer;
  }
}
