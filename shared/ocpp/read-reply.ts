import type { Outcome } from '#shared/commands/settle-command.ts';
import type { Context } from '#shared/core/context.ts';
import { type Outbound, outcomeByStatus, type Peer } from '#shared/ocpp/action.ts';
import { admit } from '#shared/ocpp/repair/admit.ts';
import { type CallResult, encode } from '#shared/ocpp/rpc/frame.ts';
import { redact } from '#shared/ocpp-log/redact.ts';

/**
 * What the charger's answer means for the command. Its slips are mended like those of its requests;
 * what cannot be mended is read as far as it can be, and is a failure where it cannot. A raw call may
 * have asked for passwords: they are hidden in what it brings.
 */
export async function readReply(
  ctx: Context,
  peer: Peer,
  asked: { readonly action: string; readonly outbound: Outbound | undefined },
  { id, payload }: CallResult,
): Promise<Outcome> {
  const { action, outbound } = asked;
  try {
    const answer = await mended(peer, action, payload);
    const outcome = outbound ? outbound.outcomeOf(answer) : outcomeByStatus(answer);
    const data = outbound?.command ? outcome.data : redact(outcome.data);
    return { ...outcome, data, response: redact(payload) };
  } catch (error) {
    ctx.log.warn('An answer cannot be read', { charger: peer.chargerId, action, error });
    if (peer.version === 'ocpp2.1') await complain(ctx, peer, id);
    return { ...unreadable, response: redact(payload) };
  }
}

async function mended({ version }: Peer, action: string, payload: unknown): Promise<unknown> {
  const options = { moneyCarrying: false, side: 'response' } as const;
  const admission = await admit(version, action, payload, options);
  return admission.accepted === 'refused' ? payload : admission.payload;
}

const unreadable: Outcome = {
  status: 'failed',
  outcome: 'invalid_answer',
  reason: 'The answer of the charger cannot be read.',
};

/** 2.1 alone has words for an answer that is none (Part 4 §4.2.4). */
async function complain(ctx: Context, { connectionId, version }: Peer, id: string): Promise<void> {
  const message = 'The answer cannot be read';
  const frame = { kind: 'resultError', id, code: 'FormatViolation', message, details: {} } as const;
  await ctx.sockets.ocpp.send(connectionId, encode(frame, version));
}
