import * as z from 'zod';

/** What a charger is asked to update by, as the command's row holds it. */
export const UpdateFirmwareInput = z.object({
  location: z.string(),
  retrieve_at: z.string(),
  install_at: z.string().optional(),
  signature: z.string().optional(),
  signing_certificate: z.string().optional(),
  retries: z.int().optional(),
  retry_interval_seconds: z.int().optional(),
  request_number: z.int(),
});
export type UpdateFirmwareInput = z.infer<typeof UpdateFirmwareInput>;

export const UPDATE_FIRMWARE = 'update_firmware';
/** What a command of this type serves. */
export const FIRMWARE_UPDATE = 'firmware_update';
