import * as z from 'zod';

const Range = z.object({ from: z.int(), count: z.int() });

/** What the driver asks of the process with the chargers; each is answered once. */
export const Order = z.discriminatedUnion('do', [
  /** More chargers, which boot and report themselves free. */
  z.object({ do: z.literal('connect'), url: z.string(), ...Range.shape }),
  /** Begins a transaction on each of these. */
  z.object({ do: z.literal('begin'), ...Range.shape }),
  /** What they do when they are asked to start: nothing more than say yes, or a charge without duration. */
  z.object({ do: z.literal('whenAsked'), charge: z.boolean() }),
  /** Each makes one call after the other for so long. */
  z.object({
    do: z.literal('hammer'),
    action: z.enum(['Heartbeat', 'MeterValues']),
    seconds: z.number(),
    ...Range.shape,
  }),
  /** One MeterValues; answers when it was sent and what it said. */
  z.object({ do: z.literal('meter'), ...Range.pick({ from: true }).shape }),
]);
export type Order = z.infer<typeof Order>;

export const Numbered = z.object({ number: z.int(), order: Order });

/** What the process tells: the answer to an order, or that a charger was asked something. */
export const News = z.union([
  z.object({ number: z.int(), result: z.unknown() }),
  z.object({ number: z.int(), failure: z.string() }),
  z.object({
    asked: z.object({ identity: z.string(), action: z.string(), at: z.number() }),
  }),
]);

export const Hammered = z.object({
  calls: z.int(),
  seconds: z.number(),
  p50: z.number(),
  p99: z.number(),
});
export const Metered = z.object({ sentAt: z.number(), registerWh: z.int() });
export const Connected = z.object({ seconds: z.number() });
