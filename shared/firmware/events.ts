import { defineEvent } from '#shared/events/event.ts';
import {
  failedUpdateExample,
  installedExample,
  updateExample,
} from '#shared/firmware/firmware-example.ts';
import { FirmwareUpdate } from '#shared/firmware/firmware-update.ts';

const of = { object: 'firmware_update', channels: ['webhook'], data: FirmwareUpdate } as const;

export const FirmwareUpdateStarted = defineEvent({
  ...of,
  name: 'firmware.update_started',
  example: updateExample,
  when: 'Charger began download or install',
});
export const FirmwareUpdateSucceeded = defineEvent({
  ...of,
  name: 'firmware.update_succeeded',
  example: installedExample,
  when: 'The new firmware is installed',
});
export const FirmwareUpdateFailed = defineEvent({
  ...of,
  name: 'firmware.update_failed',
  example: failedUpdateExample,
  when: 'Refused, failed, or silent for too long; `failure` tells stage and reason',
});
