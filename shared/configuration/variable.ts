import * as z from 'zod';

const Name = z.string().min(1).max(50);
const Place = z.int().min(0).max(999);

/**
 * Which variable: an OCPP 1.6 key has a name alone; one of the 2.0.1 device model has a component, which
 * may be one of several (`component_instance`), sit on an EVSE or one of its connectors, and may itself be
 * one of several (`instance`).
 */
export const VariableRef = z.object({
  name: Name.meta({ description: 'Key (OCPP 1.6) or variable.', example: 'HeartbeatInterval' }),
  component: Name.nullable().default(null).meta({
    description: 'Component of the device model; null for an OCPP 1.6 key.',
    example: 'OCPPCommCtrlr',
  }),
  component_instance: Name.nullable().default(null),
  instance: Name.nullable().default(null).meta({ description: 'Of the variable.' }),
  evse_id: Place.nullable().default(null),
  evse_connector_id: Place.nullable().default(null),
});
export type VariableRef = z.infer<typeof VariableRef>;

/** The same as chargers tell it, who do not always keep to what they may. */
export const ToldRef = z.object({
  name: z.string().meta({ description: 'Key (OCPP 1.6) or variable.' }),
  component: z.string().nullable().meta({ description: 'null for an OCPP 1.6 key.' }),
  component_instance: z.string().nullable(),
  instance: z.string().nullable().meta({ description: 'Of the variable.' }),
  evse_id: z.number().nullable(),
  evse_connector_id: z.number().nullable(),
});

const DataType = z.enum([
  'string',
  'decimal',
  'integer',
  'date_time',
  'boolean',
  'option_list',
  'sequence_list',
  'member_list',
]);

/** What a charger tells of a variable, or we set. What is left out was not told and stays as it was. */
export const Facts = z.object({
  value: z.string().optional(),
  target: z.string().optional(),
  min_set: z.string().optional(),
  max_set: z.string().optional(),
  readonly: z.boolean().optional(),
  write_only: z.boolean().optional(),
  unit: z.string().optional(),
  data_type: DataType.optional(),
  values_list: z.array(z.string()).optional(),
  min_limit: z.number().optional(),
  max_limit: z.number().optional(),
  supports_monitoring: z.boolean().optional(),
});
export type Facts = z.infer<typeof Facts>;
export type DataType = z.infer<typeof DataType>;

/** A variable and what is told of it. */
export const Told = ToldRef.extend({ facts: Facts });
export type Told = z.infer<typeof Told>;

/** A variable as it lies on its shelf. */
export const StoredVariable = Facts.extend({
  name: z.string(),
  instance: z.string().nullable().default(null),
  source: z.enum(['charger', 'platform']),
  read_at: z.string().nullable().default(null),
  changed_at: z.string(),
  /** We set it then, and the charger takes it up when it restarts. */
  reboot_since: z.string().optional(),
});
export type StoredVariable = z.infer<typeof StoredVariable>;

const text = (description: string) => z.string().nullable().meta({ description });

/** A variable as the API shows it. */
export const ConfigurationItem = z
  .object({
    ...ToldRef.shape,
    value: text('As last known; null where the charger has not told it, or where it is a secret.'),
    target: text('What the value should come to, where it cannot follow at once.'),
    min_set: text('The least it may be set to.'),
    max_set: text('The most it may be set to.'),
    readonly: z.boolean().nullable().meta({ description: 'null: not told.' }),
    write_only: z.boolean(),
    secret: z.boolean().meta({ description: 'Its value is never stored and never shown.' }),
    unit: z.string().nullable(),
    data_type: DataType.nullable(),
    values_list: z.array(z.string()).nullable(),
    min_limit: z.number().nullable(),
    max_limit: z.number().nullable(),
    supports_monitoring: z.boolean().nullable(),
    reboot_required: z.boolean().meta({
      description: 'Set over this API, and in force once the charger has restarted.',
    }),
    source: z.enum(['charger', 'platform']).meta({
      description: 'Whether the charger told the value or this platform set it.',
    }),
    read_at: z.iso.datetime().nullable().meta({ description: 'When the charger last told it.' }),
    changed_at: z.iso.datetime().meta({ description: 'When the value known here last changed.' }),
  })
  .meta({ id: 'ConfigurationItem', description: 'A setting of a charger.' });
export type ConfigurationItem = z.infer<typeof ConfigurationItem>;

/** Names as they are compared: chargers do not mind their case (1.6 §9, 2.0.1 identifierString). */
export const sameName = (name: string | null): string => name?.trim().toLowerCase() ?? '';

/** All of a reference, folded: equal for the same variable. */
export const identityOf = (ref: VariableRef): string =>
  JSON.stringify([
    sameName(ref.component),
    sameName(ref.component_instance),
    ref.evse_id,
    ref.evse_connector_id,
    sameName(ref.name),
    sameName(ref.instance),
  ]);
