import * as z from 'zod';
import { isScope } from '#shared/core/scopes.ts';
import { isAddressRange } from '#shared/net/address-range.ts';

/** A key that is replaced goes on working for as long, at most. */
export const LONGEST_OVERLAP_S = 30 * 86_400;

const Scope = z
  .string()
  .max(50)
  .refine((text) => text === '*' || isScope(text), {
    error: 'No such scope',
    params: { code: 'unknown_scope' },
  });
const Range = z
  .string()
  .max(50)
  .refine(isAddressRange, 'Not an address, nor a range of them (CIDR)');

/** A field that is misspelt would make a key that may more than it should: none is left over. */
export const NewApiKey = z
  .strictObject({
    name: z.string().trim().min(1).max(100).optional().meta({
      description: 'Needed, unless it `replaces` a key.',
      example: 'Backend',
    }),
    scopes: z
      .array(Scope)
      .min(1)
      .max(100)
      .optional()
      .meta({
        description:
          'What it may do. Needed, unless it `replaces` a key. `*` is everything, also what comes later.',
        example: ['chargers:read', 'sessions:read', 'sessions:write'],
      }),
    site_ids: z
      .array(z.string().min(1).max(48))
      .min(1)
      .max(100)
      .nullable()
      .optional()
      .meta({
        description: 'Restrict it to these sites; null for all.',
        example: ['BLR-IND'],
      }),
    ip_allowlist: z
      .array(Range)
      .min(1)
      .max(100)
      .nullable()
      .optional()
      .meta({
        description: 'The addresses it may be used from, IPv4 and IPv6, as CIDR; null for all.',
        example: ['203.0.113.0/24', '2001:db8:17::/48'],
      }),
    expires_at: z.iso.datetime({ offset: true }).nullable().optional().meta({
      description: 'From then on it is no key; null for never.',
    }),
    replaces: z.string().min(1).max(64).optional().meta({
      description:
        'A key whose place it takes: what is left out here is as there, but for `expires_at`.',
    }),
    overlap_seconds: z.int().min(0).max(LONGEST_OVERLAP_S).optional().meta({
      description:
        'How long the replaced key still works: a day, unless said otherwise; at most 30.',
    }),
  })
  .refine(({ name, replaces }) => name !== undefined || replaces !== undefined, {
    path: ['name'],
    error: 'A new key has a name.',
    params: { code: 'required' },
  })
  .refine(({ scopes, replaces }) => scopes !== undefined || replaces !== undefined, {
    path: ['scopes'],
    error: 'A new key has scopes.',
    params: { code: 'required' },
  })
  .refine(
    ({ overlap_seconds, replaces }) => overlap_seconds === undefined || replaces !== undefined,
    {
      path: ['overlap_seconds'],
      error: 'Only with `replaces`.',
    },
  )
  .meta({ id: 'NewApiKey' });
export type NewApiKey = z.output<typeof NewApiKey>;
