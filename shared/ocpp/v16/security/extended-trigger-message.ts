import { defineOutbound } from '#shared/ocpp/action.ts';
import { notInThisVersion, TriggerInput } from '#shared/ocpp/inputs/neutral-input.ts';

const names = {
  certificate_signing: 'SignChargePointCertificate',
  log_status: 'LogStatusNotification',
} as const;

const isAsked = (message: unknown): message is keyof typeof names =>
  typeof message === 'string' && Object.hasOwn(names, message);

/** Asks for the messages of the security extension; TriggerMessage asks for all the others. */
export const extendedTriggerMessage = defineOutbound('ocpp1.6', 'ExtendedTriggerMessage', {
  command: 'trigger_message',
  capability: 'security_trigger',
  fits: ({ message }) => isAsked(message),
  example: { requestedMessage: 'SignChargePointCertificate' },
  toRequest(input) {
    const { message } = TriggerInput.parse(input);
    if (!isAsked(message)) throw notInThisVersion('TriggerMessage asks for this.');
    return { requestedMessage: names[message] };
  },
});
