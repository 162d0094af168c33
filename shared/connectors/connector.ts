import * as z from 'zod';

/** Connector status, spelt as OCPP 1.6 does whatever the charger speaks: a published exception to snake_case. */
export const ConnectorStatus = z
  .enum([
    'Available',
    'Preparing',
    'Charging',
    'SuspendedEV',
    'SuspendedEVSE',
    'Finishing',
    'Reserved',
    'Unavailable',
    'Faulted',
  ])
  .meta({
    id: 'ConnectorStatus',
    description: 'Status of a connector, in OCPP 1.6 spelling for every charger.',
  });
export type ConnectorStatus = z.infer<typeof ConnectorStatus>;

export const PlugType = z
  .enum(['Type2', 'CCS2', 'CHAdeMO', 'GBT', 'BharatAC001', 'BharatDC001', 'LECCS', 'Unknown'])
  .meta({ id: 'PlugType', description: 'Plug of a connector.' });

/** A connector as it lies in its row. Connector 0 is the charger itself and has no row. */
export const Connector = z.object({
  charger_id: z.string(),
  id: z.int().positive(),
  /** OCPP 2.0.1: the EVSE and the connector on it. */
  evse_id: z.int().positive().nullable().default(null),
  evse_connector_id: z.int().positive().nullable().default(null),
  type: PlugType.default('Unknown'),
  format: z.enum(['socket', 'cable']).nullable().default(null),
  power_kw: z.number().nonnegative().nullable().default(null),
  max_current_a: z.number().nonnegative().nullable().default(null),
  phases: z.int().nullable().default(null),
  status: ConnectorStatus.default('Unavailable'),
  error_code: z.string().nullable().default(null),
  vendor_error_code: z.string().nullable().default(null),
  /** The charger's own time of the status, to refuse older news (offline replay). */
  status_reported_at: z.string().nullable().default(null),
  status_updated_at: z.string().nullable().default(null),
  session_id: z.string().nullable().default(null),
  /** Whom it is kept for now. */
  reservation_id: z.string().nullable().default(null),
  version: z.int().default(1),
});
export type Connector = z.infer<typeof Connector>;

/** Any larger number is a charger's mistake, and must not become a row. */
export const isConnectorNumber = (n: number): boolean => Number.isInteger(n) && n >= 1 && n <= 999;

/** A connector inside a charger, as the API shows it. */
export const ConnectorView = z
  .object({
    id: z.int().meta({ description: 'The number shown on the charger.', example: 1 }),
    type: PlugType,
    status: ConnectorStatus,
    power_kw: z.number().nullable().meta({ description: 'Rated power, kW.', example: 22 }),
    evse_id: z.int().nullable(),
    format: z.enum(['socket', 'cable']).nullable(),
    max_current_a: z.number().nullable(),
    phases: z.int().nullable(),
    session_id: z.string().nullable(),
    reservation_id: z.string().nullable().meta({ description: 'It is kept for this reservation.' }),
    error_code: z.string().nullable(),
    status_updated_at: z.iso.datetime().nullable(),
    status_stale: z.boolean().meta({
      description: 'True while the charger is not connected: the status is the last one known.',
    }),
  })
  .meta({ id: 'Connector', description: 'What a cable plugs into.' });
