import { findCharger } from '#shared/chargers/charger-view.ts';
import type { Context } from '#shared/core/context.ts';
import { hasCode } from '#shared/core/errors.ts';
import { metric } from '#shared/core/metric-names.ts';
import type { Admitted, Inbound, Peer, Protocol } from '#shared/ocpp/action.ts';
import { admit } from '#shared/ocpp/repair/admit.ts';
import { RpcError } from '#shared/ocpp/rpc/errors.ts';
import type { Call, CallError, CallResult } from '#shared/ocpp/rpc/frame.ts';
import { isAction, validatorFor } from '#shared/ocpp/schemas/validate.ts';

/** Answers one call of the charger. Never throws: a call gets exactly one result or one error. */
export async function answer(
  protocol: Protocol,
  call: Call,
  peer: Peer,
  ctx: Context,
): Promise<CallResult | CallError> {
  const { id } = call;
  try {
    const action = route(protocol, call.action);
    await mayCall(protocol, action, peer, ctx);
    const admitted = await admitCall(action, call, peer, ctx);
    const payload = await action.run(admitted, ctx);
    await checkReply(action, payload);
    return { kind: 'result', id, payload };
  } catch (error) {
    const { code, message, details } = toRpcError(error, ctx);
    ctx.log.count(metric.ocppErrors);
    return { kind: 'error', id, code, message, details };
  }
}

function route(protocol: Protocol, name: string): Inbound {
  const action = protocol.inbound.find((a) => a.action === name);
  if (action) return action;
  const known = isAction(protocol.version, name);
  throw new RpcError(known ? 'NotSupported' : 'NotImplemented', `No handler for ${name}`);
}

/** A charger not yet accepted may only boot (2.0.1 B02.FR.09, B03.FR.07); 1.6 leaves it to us, and we listen. */
async function mayCall({ version }: Protocol, { action }: Inbound, peer: Peer, ctx: Context) {
  if (version === 'ocpp1.6' || action === 'BootNotification') return;
  const charger = await findCharger(ctx, peer.chargerId);
  if (charger && charger.registration !== 'accepted')
    throw new RpcError('SecurityError', 'Not accepted yet: send a BootNotification');
}

async function admitCall(
  action: Inbound,
  call: Call,
  peer: Peer,
  ctx: Context,
): Promise<Admitted<unknown>> {
  const { carriesMoney: moneyCarrying } = action;
  const result = await admit(action.version, call.action, call.payload, { moneyCarrying });
  if (result.accepted === 'refused') {
    const [first] = result.violations;
    const code = first?.code ?? 'FormatViolation';
    const where = result.violations.map((v) => `${v.path} ${v.message}`.trim());
    throw new RpcError(code, 'The payload is invalid', { details: { violations: where } });
  }
  const rules = result.repairs.map((repair) => `repaired:${repair.rule}`);
  const flags = [
    ...new Set([...rules, ...(result.accepted === 'flagged' ? ['invalid_message'] : [])]),
  ];
  if (flags.length > 0) {
    ctx.log.warn('A message was repaired', { action: call.action, charger: peer.chargerId, flags });
    ctx.log.count(metric.ocppRepairs);
  }
  return { request: result.payload, peer, messageId: call.id, flags };
}

/** What we say is always strict: an invalid answer of our own is our error. */
async function checkReply(action: Inbound, payload: unknown): Promise<void> {
  const validate = await validatorFor(action.version, action.action, 'response');
  const violations = validate(payload);
  if (violations?.length)
    throw new Error(`Our own ${action.action} answer is invalid: ${JSON.stringify(violations)}`);
}

function toRpcError(error: unknown, ctx: Context): RpcError {
  if (error instanceof RpcError) return error;
  if (hasCode(error, 'validation_failed') || hasCode(error, 'not_found'))
    return new RpcError('PropertyConstraintViolation', error.message);
  ctx.log.error('An OCPP call failed', { error });
  return new RpcError('InternalError', 'The call could not be processed');
}
