import * as z from 'zod';
import { ChargerOptions } from '#simulator/charger-options.ts';
import { ChargerSpec } from '#simulator/charger-spec.ts';
import { WorldEvent } from '#simulator/input.ts';
import { Misbehaviour } from '#simulator/misbehaviour.ts';

const note = z.string().optional();
/** How long to wait for something before the script has failed. */
const within = z.number().positive().optional();
const Payload = z.record(z.string(), z.unknown());

/** What a script can wait for: the charger's connection, its silence, or what a connector is about. */
export const Condition = z.enum([
  'online',
  'offline',
  'quiet',
  'available',
  'reserved',
  'preparing',
  'charging',
  'suspended_ev',
  'suspended_evse',
  'finishing',
  'unavailable',
  'faulted',
]);
export type Condition = z.infer<typeof Condition>;

/** A call on the wire, and what is to be in it and in its answer. Objects need only contain what is given. */
export const Expectation = z.strictObject({
  from: z.enum(['charger', 'platform']),
  action: z.string(),
  payload: Payload.optional(),
  answer: Payload.optional(),
});
export type Expectation = z.infer<typeof Expectation>;

export type Step =
  | { do: WorldEvent; note?: string | undefined }
  | { wait: number; note?: string | undefined }
  | {
      until: Condition;
      connectorId?: number | undefined;
      within?: number | undefined;
      note?: string | undefined;
    }
  | { expect: Expectation; within?: number | undefined; note?: string | undefined }
  | { repeat: number; steps: Step[]; note?: string | undefined };

const Step: z.ZodType<Step> = z.lazy(() =>
  z.union([
    z.strictObject({ do: WorldEvent, note }),
    z.strictObject({ wait: z.number().nonnegative(), note }),
    z.strictObject({ until: Condition, connectorId: z.int().positive().optional(), within, note }),
    z.strictObject({ expect: Expectation, within, note }),
    z.strictObject({ repeat: z.int().positive(), steps: z.array(Step).min(1), note }),
  ]),
);

/** What a simulated charger is to go through, as data. */
export const Script = z.strictObject({
  title: z.string(),
  /** A charger of the sandbox by its identity, or one described in full. */
  charger: z.union([z.string(), ChargerSpec]),
  /** Where to connect, unless the command line says it. */
  url: z.string().optional(),
  options: ChargerOptions.partial().optional(),
  misbehave: Misbehaviour.optional(),
  steps: z.array(Step).min(1),
});
export type Script = z.infer<typeof Script>;
