import { UPDATE_FIRMWARE, UpdateFirmwareInput } from '#shared/firmware/update-command.ts';
import { defineOutbound } from '#shared/ocpp/action.ts';
import { updateOutcome } from '#shared/ocpp/words/firmware-words.ts';

/**
 * Has the charger fetch and install an image, without a signature, and with no say in when it
 * installs (§5.17).
 */
export const updateFirmware = defineOutbound('ocpp1.6', 'UpdateFirmware', {
  command: UPDATE_FIRMWARE,
  capability: 'firmware',
  fits: (input) => UpdateFirmwareInput.parse(input).install_at === undefined,
  example: {
    location: 'https://example.com/files/firmware/mx-ev-22_4.3.0.bin',
    retrieveDate: '2026-06-01T10:00:00Z',
    retries: 3,
    retryInterval: 60,
  },
  toRequest(input) {
    const { location, retrieve_at, retries, retry_interval_seconds } =
      UpdateFirmwareInput.parse(input);
    return {
      location,
      retrieveDate: retrieve_at,
      ...(retries === undefined ? {} : { retries }),
      ...(retry_interval_seconds === undefined ? {} : { retryInterval: retry_interval_seconds }),
    };
  },
  outcomeOf: () => updateOutcome('Accepted', false),
});
