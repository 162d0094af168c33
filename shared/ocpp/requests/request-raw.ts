import { getWholeCharger } from '#shared/chargers/charger-view.ts';
import type { Command } from '#shared/commands/command.ts';
import { secretSealer } from '#shared/commands/secret-input.ts';
import type { Context } from '#shared/core/context.ts';
import { AppError, type FieldError } from '#shared/core/errors.ts';
import { isChargerInitiated } from '#shared/ocpp/charger-initiated.ts';
import { queueCommand, unsupported, vocabularyOf } from '#shared/ocpp/requests/request-command.ts';
import { isAction, validatorFor } from '#shared/ocpp/schemas/validate.ts';
import type { Violation } from '#shared/ocpp/schemas/violation.ts';
import type { Vocabulary } from '#shared/ocpp/vocabulary.ts';
import { sealWithin } from '#shared/ocpp-log/redact.ts';

export interface RawCall {
  readonly chargerId: string;
  readonly action: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly expiresInSeconds?: number | undefined;
}

/**
 * Queues an OCPP call exactly as given, once it is known to be valid in the charger's version; passwords
 * in it lie sealed until then.
 * Throws not_found, charger_not_registered, validation_failed (an error per violation),
 * capability_not_supported.
 */
export async function requestRaw(ctx: Context, call: RawCall): Promise<Command> {
  const { chargerId, action, payload, expiresInSeconds } = call;
  const whole = await getWholeCharger(ctx, chargerId);
  const words = await vocabularyOf(whole);
  checkAction(words, action);
  checkNoPassword(payload);
  await checkPayload(words, action, payload);
  const input = { action, payload: sealWithin(payload, await secretSealer(ctx, chargerId)) };
  return queueCommand(ctx, whole, { type: 'raw', chargerId, input, expiresInSeconds });
}

function checkAction({ version, outbound }: Vocabulary, action: string): void {
  if (outbound.some((o) => o.action === action)) return;
  if (!isAction(version, action)) throw badAction(`${version} has no such action.`);
  if (isChargerInitiated(version, action)) throw badAction('Only a charger sends this.');
  throw unsupported(`${action} of ${version} is not supported yet.`);
}

/** A password we do not know of would lock the charger out. */
function checkNoPassword(payload: RawCall['payload']): void {
  const text = JSON.stringify(payload);
  if (!/"(AuthorizationKey|BasicAuthPassword|basicAuthPassword)"/i.test(text)) return;
  if (!/"(value|attributeValue|basicAuthPassword)"/.test(text)) return;
  throw new AppError('validation_failed', 'Passwords are set by POST …/credentials.', {
    errors: [{ field: 'payload', code: 'not_allowed', message: 'It sets a password.' }],
  });
}

const badAction = (message: string) =>
  new AppError('validation_failed', 'The action cannot be sent to this charger.', {
    errors: [{ field: 'action', code: 'unknown_action', message }],
  });

async function checkPayload({ version }: Vocabulary, action: string, payload: unknown) {
  const validate = await validatorFor(version, action, 'request');
  const violations = validate(payload);
  if (!violations?.length) return;
  throw new AppError('validation_failed', `The payload is no valid ${action} of ${version}.`, {
    errors: violations.map(fieldError),
  });
}

const fieldError = ({ path, keyword, message }: Violation): FieldError => ({
  field: `payload${path.replaceAll('/', '.')}`,
  code: codes[keyword] ?? 'invalid_value',
  message: `It ${message}.`,
});

const codes: Readonly<Record<string, string>> = {
  required: 'required',
  additionalProperties: 'unknown_field',
  type: 'invalid_type',
  maxLength: 'too_big',
  maximum: 'too_big',
  maxItems: 'too_big',
  minimum: 'too_small',
  minItems: 'too_small',
};
