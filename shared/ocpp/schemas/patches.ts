import type { OcppVersion } from '#shared/ocpp/version.ts';

/** One reviewed departure from the published schemas, applied when the validators are generated. */
export interface SchemaPatch {
  readonly version: OcppVersion;
  /** Where: a JSON pointer that starts with the schema's `$id`. */
  readonly at: string;
  /** What the published file must still say there, so that an upgrade cannot slip past the patch. */
  readonly expect: unknown;
  readonly change: { readonly set: unknown } | { readonly append: readonly unknown[] };
  readonly reason: string;
}

/**
 * Keywords that constrain nothing and are left out: annotations, and the two that ajv's strict mode
 * refuses where the published files put them (`additionalItems` beside an object `items`,
 * `additionalProperties` on an enumeration).
 */
export const noiseKeywords = [
  '$schema',
  'additionalItems',
  'comment',
  'default',
  'description',
  'javaType',
] as const;

const frequencyUnits = ['Hz', 'Hertz'] as const;
const unitOf = (id: string, list: string) =>
  `${id}/properties/${list}/items/properties/sampledValue/items/properties/unit/enum/16`;

export const patches: readonly SchemaPatch[] = [
  {
    version: 'ocpp1.6',
    at: unitOf('urn:MeterValues.req', 'meterValue'),
    expect: 'Percent',
    change: { append: frequencyUnits },
    reason:
      'Frequency is a 1.6 measurand without a unit; the errata name Hertz and chargers send both.',
  },
  {
    version: 'ocpp1.6',
    at: unitOf('urn:StopTransaction.req', 'transactionData'),
    expect: 'Percent',
    change: { append: frequencyUnits },
    reason: 'The same list of units as in MeterValues.',
  },
  {
    version: 'ocpp2.0.1',
    at: 'urn:Get15118EVCertificate.conf/properties/exiResponse/maxLength',
    expect: 5600,
    change: { set: 7500 },
    reason: 'The errata raise it: contract chains of real PKIs do not fit in 5600 characters.',
  },
];
