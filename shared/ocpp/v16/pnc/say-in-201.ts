import * as z from 'zod';
import type { Outcome } from '#shared/commands/settle-command.ts';
import { defineOutbound, type Outbound, outcomeByStatus } from '#shared/ocpp/action.ts';
import { PNC_VENDOR } from '#shared/ocpp/v16/pnc/vendor.ts';

type Input = Readonly<Record<string, unknown>>;

/** A message of 2.0.1 to a 1.6 charger that knows Plug & Charge: for the commands that `fits` names. */
export const sayIn201 = (message: Outbound, fits: (input: Input) => boolean): Outbound => ({
  ...defineOutbound('ocpp1.6', 'DataTransfer', {
    capability: 'plug_and_charge',
    fits,
    example: {
      vendorId: PNC_VENDOR,
      messageId: message.action,
      data: JSON.stringify(message.example),
    },
    toRequest: (input) => ({
      vendorId: PNC_VENDOR,
      messageId: message.action,
      data: JSON.stringify(message.toRequest(input)),
    }),
    outcomeOf: (response) =>
      response.status === 'Accepted'
        ? innerOutcome(message, response.data)
        : outcomeByStatus(response),
  }),
  command: message.command,
  carries: { version: message.version, action: message.action },
});

const Answer = z.looseObject({ status: z.string() });

/** The charger took the message; what it says to it lies within. */
function innerOutcome(message: Outbound, data: unknown): Outcome {
  const answer = Answer.safeParse(readJson(data));
  return answer.success ? message.outcomeOf(answer.data) : unreadable;
}

const unreadable: Outcome = {
  status: 'failed',
  outcome: 'invalid_answer',
  reason: 'The answer within the DataTransfer cannot be read.',
};

/** 1.6 has text there; some chargers put the object itself (gotcha 39). */
export function readJson(data: unknown): unknown {
  if (typeof data !== 'string') return data;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
