import { UPDATE_FIRMWARE, UpdateFirmwareInput } from '#shared/firmware/update-command.ts';
import { defineOutbound } from '#shared/ocpp/action.ts';
import { updateOutcome } from '#shared/ocpp/words/firmware-words.ts';
import { firmwareRequest } from '#shared/ocpp/words/signed-firmware.ts';

/** An update that the charger checks the signature of (security extension, L01). */
export const signedUpdateFirmware = defineOutbound('ocpp1.6', 'SignedUpdateFirmware', {
  command: UPDATE_FIRMWARE,
  capability: 'signed_firmware',
  fits: (input) => UpdateFirmwareInput.parse(input).signature !== undefined,
  example: {
    requestId: 7,
    retries: 3,
    firmware: {
      location: 'https://example.com/files/firmware/mx-ev-22_4.3.0.bin',
      retrieveDateTime: '2026-06-01T10:00:00Z',
      signature: 'MEUCIQDc',
      signingCertificate: '-----BEGIN CERTIFICATE-----',
    },
  },
  toRequest(input) {
    const { signature = '', signing_certificate = '' } = UpdateFirmwareInput.parse(input);
    const { firmware, ...rest } = firmwareRequest(input);
    return {
      ...rest,
      firmware: { ...firmware, signature, signingCertificate: signing_certificate },
    };
  },
  outcomeOf: ({ status }) => updateOutcome(status, true),
});
