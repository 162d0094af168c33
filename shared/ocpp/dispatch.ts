import * as z from 'zod';
import type { Charger } from '#shared/chargers/charger.ts';
import { findCharger } from '#shared/chargers/charger-view.ts';
import { disconnected, findConnection } from '#shared/chargers/connectivity.ts';
import type { StoredCommand } from '#shared/commands/command.ts';
import { unsend } from '#shared/commands/in-flight.ts';
import { type Call, claimNext } from '#shared/commands/next-command.ts';
import { hideSecrets, revealSecrets } from '#shared/commands/secret-input.ts';
import type { Outcome } from '#shared/commands/settle-command.ts';
import type { Context } from '#shared/core/context.ts';
import { hasCode } from '#shared/core/errors.ts';
import { chooseAction } from '#shared/ocpp/choose-action.ts';
import { messageOf, wireOf } from '#shared/ocpp/log-messages.ts';
import { encode } from '#shared/ocpp/rpc/frame.ts';
import { validatorFor } from '#shared/ocpp/schemas/validate.ts';
import { findVocabulary, type Vocabulary } from '#shared/ocpp/vocabulary.ts';
import { recordMessages } from '#shared/ocpp-log/record-messages.ts';

/**
 * Sends the next queued command of a charger, if it is connected and owes us no answer. Call it
 * whenever either may have become true; of many callers one sends.
 */
export async function dispatchCommands(ctx: Context, chargerId: string): Promise<void> {
  const connection = await findConnection(ctx, chargerId);
  const socket = connection?.connection_id;
  const words =
    connection?.ocpp_version && (await findVocabulary(`ocpp${connection.ocpp_version}`));
  if (!socket || !words) return;
  const charger = await findCharger(ctx, chargerId);
  // Between a rejected charger and us nothing is said but its boots.
  if (!charger || charger.registration === 'rejected') return;
  const mayCharge = charger.registration === 'accepted';
  const claimed = await claimNext(ctx, connection, async (command) =>
    mayCharge || !CHARGES.includes(command.type)
      ? toCall(ctx, charger, words, command)
      : notAccepted,
  );
  if (!claimed) return;
  const { action } = claimed.call;
  // Secrets are opened here and nowhere else: what is stored and logged is the call as claimed.
  const payload = await revealSecrets(ctx, chargerId, claimed.call.payload);
  const call = { kind: 'call', id: claimed.messageId, action, payload } as const;
  const text = encode(call, words.version);
  const shown = { ...call, payload: hideSecrets(claimed.call.payload) };
  const said = messageOf(ctx, 'to_charger', words.version, shown, text);
  const delivered = (await ctx.sockets.ocpp.send(socket, text)) === 'sent';
  const peer = { chargerId, connectionId: socket, version: words.version };
  const about = { command_id: claimed.command.id, delivered };
  await recordMessages(ctx, wireOf(peer, connection.ocpp_log), [{ ...said, ...about }]);
  if (delivered) return;
  await unsend(ctx, claimed);
  await disconnected(ctx, chargerId, socket);
}

/** A charger whose boot is pending may be configured, not charged with (1.6 §4.2, 2.0.1 B02.FR.05). */
const CHARGES = ['start_session', 'stop_session'];
const notAccepted: Outcome = {
  status: 'rejected',
  outcome: 'not_accepted',
  reason: 'The boot of the charger is pending.',
};

/** The call a command becomes in this version; what the version cannot say is refused. */
async function toCall(
  ctx: Context,
  charger: Charger,
  words: Vocabulary,
  command: StoredCommand,
): Promise<Call | Outcome> {
  const { type, input } = command;
  const { version } = words;
  const valid = (call: Call) => check(ctx, charger.id, call);
  try {
    if (type === 'raw')
      return await valid({ version, action: String(input['action']), payload: input['payload'] });
    const found = chooseAction(charger, words, type, input);
    const call = { version, action: found.action, payload: found.toRequest(input) };
    const within = found.carries && (await valid({ ...found.carries, payload: dataOf(call) }));
    return within && !('action' in within) ? within : await valid(call);
  } catch (error) {
    // The charger speaks another version than when it was asked: no other command may wait for this.
    ctx.log.warn('A command cannot be said', { command: command.id, version, error });
    const known = hasCode(error, 'capability_not_supported') ? error.message : undefined;
    return refused(known ?? `${version} cannot say this ${type}.`);
  }
}

/** Outbound is always strict. A secret is judged as it will go out. */
async function check(ctx: Context, chargerId: string, call: Call): Promise<Call | Outcome> {
  const words = await findVocabulary(call.version);
  if (!words) return refused(`${call.version} is not spoken here.`);
  const validate = await validatorFor(words.version, call.action, 'request');
  const violations = validate(await revealSecrets(ctx, chargerId, call.payload));
  if (!violations?.length) return call;
  return refused(violations.map((v) => `${v.path} ${v.message}`).join('; '));
}

/** The message that a DataTransfer carries as text. */
const dataOf = ({ payload }: Call): unknown => JSON.parse(Carrier.parse(payload).data);
const Carrier = z.looseObject({ data: z.string() });

const refused = (reason: string): Outcome => ({
  status: 'rejected',
  outcome: 'capability_not_supported',
  reason,
});
