import type { Charger } from '#shared/chargers/charger.ts';
import { findCharger } from '#shared/chargers/charger-view.ts';
import type { Context } from '#shared/core/context.ts';
import { hasCode } from '#shared/core/errors.ts';
import { metric, quirkMetric } from '#shared/core/metric-names.ts';
import type { Admitted, Inbound, Peer, Protocol } from '#shared/ocpp/action.ts';
import { admit } from '#shared/ocpp/repair/admit.ts';
import { findQuirks, type KnownQuirks, noQuirks } from '#shared/ocpp/repair/known-quirks.ts';
import type { Repair } from '#shared/ocpp/repair/repair.ts';
import { RpcError } from '#shared/ocpp/rpc/errors.ts';
import type { Call, CallError, CallResult } from '#shared/ocpp/rpc/frame.ts';
import { isAction, validatorFor } from '#shared/ocpp/schemas/validate.ts';

/** `quirks`: those of the charger, where they were settled when its socket opened. */
export type Caller = Peer & { readonly quirks?: KnownQuirks | undefined };

export interface Answered {
  readonly reply: CallResult | CallError;
  /** How the call was read other than it was written. */
  readonly repairs: readonly Repair[];
}

/** Answers one call of the charger. Never throws: a call gets exactly one result or one error. */
export async function answer(
  protocol: Protocol,
  call: Call,
  peer: Caller,
  ctx: Context,
): Promise<Answered> {
  const { id } = call;
  let repairs: readonly Repair[] = [];
  try {
    const action = route(protocol, call.action);
    const charger = await lookAt(action, peer, ctx);
    if (charger) mayCall(action, charger);
    const quirks = peer.quirks ?? (charger ? await findQuirks(ctx, charger) : noQuirks);
    const admission = await admitCall(action, call, { peer, quirks }, ctx);
    repairs = admission.repairs;
    const payload = await action.run(admission.admitted, ctx);
    await checkReply(action, payload);
    return { reply: { kind: 'result', id, payload }, repairs };
  } catch (error) {
    const { code, message, details } = toRpcError(error, ctx);
    ctx.log.count(metric.ocppErrors);
    return { reply: { kind: 'error', id, code, message, details }, repairs };
  }
}

function route(protocol: Protocol, name: string): Inbound {
  const action = protocol.inbound.find((a) => a.action === name);
  if (action) return action;
  const known = isAction(protocol.version, name);
  throw new RpcError(known ? 'NotSupported' : 'NotImplemented', `No handler for ${name}`);
}

/**
 * The charger's row, for what only it tells: whether a 2.x charger may speak, and the quirks of one
 * whose make was not settled when its socket opened. A boot is about to say all that anew.
 */
async function lookAt(action: Inbound, { chargerId, quirks }: Caller, ctx: Context) {
  const isNeeded = action.version !== 'ocpp1.6' || quirks === undefined;
  return isNeeded && action.action !== 'BootNotification' ? findCharger(ctx, chargerId) : undefined;
}

/** A charger not yet accepted may only boot (2.0.1 B02.FR.09, B03.FR.07); 1.6 leaves it to us, and we listen. */
function mayCall({ version }: Inbound, { registration }: Charger): void {
  if (version !== 'ocpp1.6' && registration !== 'accepted')
    throw new RpcError('SecurityError', 'Not accepted yet: send a BootNotification');
}

async function admitCall(
  action: Inbound,
  call: Call,
  { peer, quirks }: { readonly peer: Peer; readonly quirks: KnownQuirks },
  ctx: Context,
): Promise<{ admitted: Admitted<unknown>; repairs: readonly Repair[] }> {
  const { carriesMoney: moneyCarrying, version } = action;
  const result = await admit(version, call.action, call.payload, { moneyCarrying, quirks });
  if (result.accepted === 'refused') {
    const [first] = result.violations;
    const code = first?.code ?? 'FormatViolation';
    const where = result.violations.map((v) => `${v.path} ${v.message}`.trim());
    throw new RpcError(code, 'The payload is invalid', { details: { violations: where } });
  }
  const { payload: request, repairs } = result;
  const used = new Set(repairs.map(({ rule }) => rule));
  const flags = [...used].map((rule) => `repaired:${rule}`);
  if (result.accepted === 'flagged') flags.push('invalid_message');
  countRepairs(call.action, flags, used, { peer, quirks }, ctx);
  return { admitted: { request, peer, messageId: call.id, flags }, repairs };
}

/** A quirk is counted by its own name, so that one sees when the last charger that has it is gone. */
function countRepairs(
  action: string,
  flags: readonly string[],
  used: ReadonlySet<string>,
  { peer, quirks }: { readonly peer: Peer; readonly quirks: KnownQuirks },
  ctx: Context,
): void {
  const known = quirks.quirks.filter(({ id }) => used.has(id));
  for (const { id } of known) ctx.log.count(quirkMetric(id));
  if (flags.length > 0) ctx.log.count(metric.ocppRepairs);
  // What is known of a charger is no news.
  if (flags.length > known.length)
    ctx.log.warn('A message was repaired', { action, charger: peer.chargerId, flags });
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
