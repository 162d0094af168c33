import * as z from 'zod';
import { AppError } from '#shared/core/errors.ts';

/** Where on the charger a command applies: its connector's number, and its place in OCPP 2.0.1. */
const place = {
  connector: z.int().optional(),
  evse_id: z.int().optional(),
  evse_connector_id: z.int().optional(),
};

/** What the commands of the API ask for, in our words, as their rows hold it. */
export const ResetInput = z.object({
  type: z.enum(['soft', 'hard']),
  evse_id: z.int().optional(),
});

export const AvailabilityInput = z.object({
  availability: z.enum(['operative', 'inoperative']),
  ...place,
});

export const UnlockInput = z.object({
  connector: z.int(),
  evse_id: z.int(),
  evse_connector_id: z.int(),
});

export const TriggerInput = z.object({
  message: z.enum([
    'boot',
    'heartbeat',
    'status',
    'meter_values',
    'transaction',
    'firmware_status',
    'log_status',
    'certificate_signing',
    'v2g_certificate_signing',
  ]),
  ...place,
});

export const DataTransferInput = z.object({
  vendor_id: z.string(),
  message_id: z.string().optional(),
  data: z.unknown().optional(),
});

/** The charger's OCPP version has no words for this. */
export const notInThisVersion = (what: string) => new AppError('capability_not_supported', what);
