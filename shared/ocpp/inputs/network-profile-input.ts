import * as z from 'zod';
import { NetworkProfile } from '#shared/chargers/network-profile.ts';

const secret = (longest: number) => z.string().min(1).max(longest);

/** The mobile network, in our words. A PIN of the SIM is for the raw command: a secret that is a number. */
export const Apn = z
  .object({
    apn: z.string().min(1).max(512),
    authentication: z.enum(['none', 'pap', 'chap', 'auto']),
    user_name: z.string().max(20).optional(),
    password: secret(20).optional(),
    preferred_network: z
      .string()
      .max(6)
      .optional()
      .meta({ description: 'MCC and MNC', example: '40445' }),
    only_preferred_network: z.boolean().default(false),
  })
  .meta({ id: 'AccessPoint', description: 'The mobile network the charger reaches it by.' });

export const Vpn = z
  .object({
    type: z.enum(['ikev2', 'ipsec', 'l2tp', 'pptp']),
    server: z.string().min(1).max(512),
    user: z.string().max(20),
    group: z.string().max(20).optional(),
    password: secret(20),
    key: secret(255),
  })
  .meta({ id: 'VirtualPrivateNetwork' });

/** What the command holds: the secrets sealed, and so longer than they are. */
export const NetworkProfileInput = NetworkProfile.extend({
  apn: Apn.extend({ password: z.string().optional() }).optional(),
  vpn: Vpn.extend({ password: z.string(), key: z.string() }).optional(),
});
