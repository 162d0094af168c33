import { defineOutbound } from '#shared/ocpp/action.ts';
import { notInThisVersion, TriggerInput } from '#shared/ocpp/inputs/neutral-input.ts';

const names = {
  boot: 'BootNotification',
  heartbeat: 'Heartbeat',
  status: 'StatusNotification',
  meter_values: 'MeterValues',
  firmware_status: 'FirmwareStatusNotification',
  log_status: 'DiagnosticsStatusNotification',
} as const;

/**
 * Asks for a message now, which has its usual effect. Signing requests came with the security
 * extension, whose trigger is another action.
 */
export const triggerMessage = defineOutbound('ocpp1.6', 'TriggerMessage', {
  command: 'trigger_message',
  capability: 'remote_trigger',
  fits: ({ message }) => message !== 'certificate_signing',
  example: { requestedMessage: 'StatusNotification', connectorId: 1 },
  toRequest(input) {
    const { message, connector } = TriggerInput.parse(input);
    if (message === 'certificate_signing' || message === 'v2g_certificate_signing')
      throw notInThisVersion('Its security extension asks for signing requests.');
    if (message === 'transaction')
      throw notInThisVersion('OCPP 1.6 tells of a transaction by its meter values.');
    return {
      requestedMessage: names[message],
      ...(connector === undefined ? {} : { connectorId: connector }),
    };
  },
});
