import type { OcppCaller } from '#shared/aws/ocpp-events.ts';
import { PUBLIC_HOST_HEADER, runtimeAt } from '#shared/aws/public-urls.ts';
import { contextOf, runtime } from '#shared/aws/runtime.ts';
import type { Context } from '#shared/core/context.ts';

/** A charger is the cause; `ref` says by what. */
export const causeOf = (ref: string): Context['cause'] => ({
  type: 'charger_message',
  ref,
  request_id: null,
  idempotency_key: null,
  actor: null,
});

/** A context for an event of a charger's socket, as its authorizer named the charger. */
export const contextFor = (caller: OcppCaller, ref: string): Context =>
  contextOf(
    {
      tenantId: caller.organization_id,
      livemode: caller.livemode,
      actor: { kind: 'charger', id: caller.charger_id },
      cause: causeOf(ref),
    },
    runtimeAt({ [PUBLIC_HOST_HEADER]: caller.public_host }, runtime()),
  );
