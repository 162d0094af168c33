import { sandbox } from '#local/sandbox.ts';
import { contextOf, type Runtime } from '#shared/aws/runtime.ts';
import type { Context } from '#shared/core/context.ts';

/** The host itself at work in the sandbox's organization. */
export function sandboxContext(from: Runtime, ref: string): Context {
  const cause = { ref, request_id: null, idempotency_key: null, actor: null };
  return contextOf(
    {
      tenantId: sandbox.organization,
      livemode: false,
      actor: { kind: 'system' },
      cause: { ...cause, type: 'system' },
    },
    from,
  );
}
