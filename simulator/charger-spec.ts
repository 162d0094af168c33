import * as z from 'zod';

/** A socket or cable as built: it never changes while the charger lives. `phases` is null for direct current. */
export const ConnectorSpec = z.object({
  id: z.int().positive(),
  plug: z.enum(['Type2', 'CCS2']),
  powerKw: z.number().positive(),
  phases: z.union([z.literal(1), z.literal(3), z.null()]),
});
export type ConnectorSpec = z.infer<typeof ConnectorSpec>;

/** A car as it arrives. Fields a charger spec leaves out are drawn from the seed, anew for every car. */
export const Car = z.object({
  batteryKwh: z.number().positive(),
  socPercent: z.number().min(0).max(100),
  acPhases: z.union([z.literal(1), z.literal(3)]),
  acKwPerPhase: z.number().positive(),
  dcKw: z.number().positive(),
  taperFromPercent: z.number().min(0).max(99),
  /** Speaks ISO 15118 with the charger: it tells what it needs, and by when. */
  iso15118: z.boolean().optional(),
  departureSeconds: z.number().positive().optional(),
});
export type Car = z.infer<typeof Car>;

/** What is settled about a car before it arrives. */
export const FixedCar = Car.partial();
export type FixedCar = z.infer<typeof FixedCar>;

/** What a charger is: enough to build it, and enough for a platform to list it. In 2.0.1 each connector is an EVSE of its own. */
export const ChargerSpec = z.object({
  identity: z.string().min(1).max(48),
  version: z.enum(['1.6', '2.0.1']),
  vendor: z.string().max(20),
  model: z.string().max(20),
  serialNumber: z.string().max(25),
  firmwareVersion: z.string().max(50),
  connectors: z.array(ConnectorSpec).min(1),
  car: FixedCar.optional(),
  /** 1.6 only: speaks Plug & Charge in DataTransfer. 2.0.1 always does. */
  plugAndCharge: z.boolean().optional(),
});
export type ChargerSpec = z.infer<typeof ChargerSpec>;

export const isDc = (connector: ConnectorSpec): boolean => connector.phases === null;
