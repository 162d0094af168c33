import * as z from 'zod';

const Range = z.object({ from: z.int(), count: z.int() });
const Version = z.enum(['1.6', '2.0.1']);

/** What the driver asks of the process with the chargers; each is answered once. */
export const Order = z.discriminatedUnion('do', [
  /** More chargers, which boot and report themselves free. */
  z.object({ do: z.literal('connect'), url: z.string(), version: Version, ...Range.shape }),
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
  /** Each charges again and again for so long: every message of a charge, timed by its action. */
  z.object({ do: z.literal('charge'), seconds: z.number(), ...Range.shape }),
  /**
   * All lose their connection at once and are back within so long; those that charge tell what they
   * metered meanwhile, and that it is over.
   */
  z.object({ do: z.literal('storm'), seconds: z.number(), ...Range.shape }),
  /** So many calls a second in all, evenly spread, whoever's turn it is; the rest is as with `hammer`. */
  z.object({
    do: z.literal('pace'),
    action: z.enum(['MeterValues', 'StatusNotification']),
    perSecond: z.number(),
    seconds: z.number(),
    ...Range.shape,
  }),
  /** One StatusNotification of each, all at once. */
  z.object({ do: z.literal('statusEach'), ...Range.shape }),
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

const Timed = z.object({ calls: z.int(), p50: z.number(), p99: z.number() });
export const Hammered = Timed.extend({ seconds: z.number() });
export const Charged = z.object({
  seconds: z.number(),
  actions: z.array(Timed.extend({ action: z.string() })),
});
export const Stormed = z.object({
  /** Until the last was back, and had said all it had to say. */
  seconds: z.number(),
  handshakes: Timed,
  /** Handshakes that failed and were tried again. */
  retried: z.int(),
  /** What those that charged delivered in all, by their own count. */
  deliveredWh: z.int(),
});
export const Metered = z.object({ sentAt: z.number(), registerWh: z.int() });
export const Connected = z.object({ seconds: z.number() });
