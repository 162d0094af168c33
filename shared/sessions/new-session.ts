import * as z from 'zod';
import { Metadata } from '#shared/chargers/charger.ts';
import { SessionLimits } from '#shared/sessions/session.ts';
import { TariffOverride } from '#shared/tariffs/tariff-override.ts';

/** Who pays, and what was promised: refused rather than ignored, until it can be heeded. */
const notOffered = z
  .unknown()
  .refine((given) => given === undefined || given === null, {
    message: 'This is not offered yet: leave it out',
    params: { code: 'not_supported' },
  })
  .optional()
  .meta({ description: 'Reserved; refused.' });

/** What a start from afar asks for. */
export const NewSession = z
  .object({
    charger_id: z.string().min(1).max(48).meta({ example: 'BLR-014' }),
    connector: z.int().min(1).max(64).optional().meta({
      description: 'The number on the charger; may be left out where there is only one.',
      example: 1,
    }),
    auth_method: z.enum(['api', 'app']).optional().meta({
      description:
        '`api`: the operator starts, billed to the organization, or to the driver it names. `app`: a driver token starts for its driver. Each caller has but one, which may be left out.',
    }),
    driver_id: z.string().min(1).max(64).nullable().default(null).meta({
      description: 'Whose session it is. With a driver token it is that driver anyway: `me`.',
      example: 'drv_01JV9W8Q0T6H3M5X7B2K4N1DZC',
    }),
    reservation_id: z.string().min(1).max(64).nullable().default(null).meta({
      description: 'Of this reservation, which it fulfils. Its connector need not be named.',
    }),
    tariff_override: TariffOverride.nullable().default(null),
    limits: SessionLimits.nullable().default(null),
    external_ref: z.string().max(100).nullable().default(null),
    metadata: Metadata.default({}),
    vehicle_id: notOffered,
    token_id: notOffered,
    payment_intent_id: notOffered,
    quote_id: notOffered,
    charging_preferences: notOffered,
  })
  .meta({ id: 'NewSession' });
export type NewSession = z.output<typeof NewSession>;
