import { UPDATE_FIRMWARE, UpdateFirmwareInput } from '#shared/firmware/update-command.ts';
import { defineOutbound } from '#shared/ocpp/action.ts';
import { updateOutcome } from '#shared/ocpp/words/firmware-words.ts';
import { firmwareRequest } from '#shared/ocpp/words/signed-firmware.ts';

/** Has the charger fetch and install an image, with a signature (L01) or without (L02). */
export const updateFirmware = defineOutbound('ocpp2.0.1', 'UpdateFirmware', {
  command: UPDATE_FIRMWARE,
  capability: 'firmware',
  example: {
    requestId: 7,
    retries: 3,
    firmware: {
      location: 'https://example.com/files/firmware/mx-dc-120_4.3.0.bin',
      retrieveDateTime: '2026-06-01T10:00:00Z',
    },
  },
  toRequest(input) {
    const { signature, signing_certificate } = UpdateFirmwareInput.parse(input);
    const { firmware, ...rest } = firmwareRequest(input);
    const signed =
      signature === undefined || signing_certificate === undefined
        ? {}
        : { signature, signingCertificate: signing_certificate };
    return { ...rest, firmware: { ...firmware, ...signed } };
  },
  outcomeOf: ({ status }) => updateOutcome(status),
});
