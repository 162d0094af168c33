import { contextOf, type Runtime } from '#shared/aws/runtime.ts';
import type { Context } from '#shared/core/context.ts';

/** A context for a live socket's event, of the tenant its authorizer named. */
export const liveContext = (
  { organization_id = '', livemode }: Readonly<Record<string, string>>,
  from: Runtime,
): Context =>
  contextOf(
    {
      tenantId: organization_id,
      livemode: livemode === 'true',
      actor: { kind: 'system' },
      cause: { type: 'system', ref: null, request_id: null, idempotency_key: null, actor: null },
    },
    from,
  );
