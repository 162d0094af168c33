import * as z from 'zod';

/** How a charger reaches a platform, in our words (OCPP 2.0.1 NetworkConnectionProfile). */
export const NetworkInterface = z.enum([
  'wired_0',
  'wired_1',
  'wired_2',
  'wired_3',
  'wireless_0',
  'wireless_1',
  'wireless_2',
  'wireless_3',
]);

export const NetworkProfile = z.object({
  slot: z.int().min(0).max(999).meta({
    description: 'Where the charger keeps it. The slot in use is overwritten at your own risk.',
    example: 2,
  }),
  url: z
    .string()
    .max(512)
    .regex(/^wss?:\/\/\S+$/)
    .meta({
      description: 'The OCPP URL without the identity, which the charger appends.',
      example: 'wss://api.magmapro.in/ocpp/magma',
    }),
  security_profile: z.int().min(0).max(3),
  interface: NetworkInterface.default('wired_0'),
  message_timeout_seconds: z.int().min(1).max(3600).default(30),
});
export type NetworkProfile = z.infer<typeof NetworkProfile>;
