import * as z from 'zod';
import { Metadata } from '#shared/chargers/charger.ts';
import { TokenStatus, TokenType } from '#shared/tokens/token.ts';

const Instant = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text).toISOString())
  .meta({ example: '2027-03-31T18:30:00.000Z' });
const text = (longest: number) => z.string().trim().min(1).max(longest);

/** What may be said of a token at any time. Its uid and type are what it is, and stay. */
const changeable = {
  status: TokenStatus,
  valid_until: Instant.nullable().meta({ description: 'It is refused from then on.' }),
  group_id: text(20).nullable().meta({
    description:
      'Tokens of one group may stop the sessions of each other. 20 characters is what OCPP 1.6 can carry.',
    example: 'FLEET-7',
  }),
  labels: z
    .array(text(50))
    .max(50)
    .meta({ description: 'Open restricted sites that name one of them.', example: ['staff'] }),
  contract_id: text(36).nullable().meta({ description: 'The contract it stands for, an eMAID.' }),
  driver_id: text(64).nullable(),
  name: text(200).nullable(),
  visual_number: text(64).nullable().meta({ description: 'What is printed on the card.' }),
  roaming_allowed: z.boolean().meta({ description: 'It may charge at roaming partners.' }),
  max_concurrent_sessions: z.int().min(1).max(10_000).nullable().meta({
    description: 'Open sessions at once; null: as its group or the organization has it.',
  }),
  external_ref: text(100).nullable(),
  metadata: Metadata,
};

export const NewToken = z
  .object({
    uid: z
      .string()
      .trim()
      .regex(/^[\x20-\x7e]{1,36}$/, '1 to 36 printable ASCII characters')
      .meta({
        description:
          'What the charger reads. Case does not matter. More than 20 characters never come from a charger of OCPP 1.6.',
        example: '04A2B3C4D5E680',
      }),
    type: TokenType.default('rfid'),
    status: changeable.status.default('active'),
    valid_until: changeable.valid_until.default(null),
    group_id: changeable.group_id.default(null),
    labels: changeable.labels.default([]),
    contract_id: changeable.contract_id.default(null),
    driver_id: changeable.driver_id.default(null),
    name: changeable.name.default(null),
    visual_number: changeable.visual_number.default(null),
    roaming_allowed: changeable.roaming_allowed.default(false),
    max_concurrent_sessions: changeable.max_concurrent_sessions.default(null),
    external_ref: changeable.external_ref.default(null),
    metadata: changeable.metadata.default({}),
  })
  .meta({ id: 'NewToken' });
export type NewToken = z.output<typeof NewToken>;

export const TokenPatch = z
  .object(changeable)
  .partial()
  .meta({ id: 'TokenPatch', description: 'JSON Merge Patch: null clears.' });
export type TokenPatch = z.output<typeof TokenPatch>;
