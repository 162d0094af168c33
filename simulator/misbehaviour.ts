import * as z from 'zod';

/** Ways in which real chargers go wrong, each off unless asked for. */
export const Misbehaviour = z.object({
  /** Send the transaction's start this many times more after it was answered, each under a new message id. */
  repeatStart: z.int().nonnegative().optional(),
  /** Put every frame of ours on the wire twice, same message id. */
  duplicateFrames: z.boolean().optional(),
  /** Let a periodic meter message be overtaken by the transaction message that follows it. */
  reorder: z.boolean().optional(),
  clockOffsetMs: z.int().optional(),
  /** Timestamps without a zone designator. */
  zonelessTimestamps: z.boolean().optional(),
  /** Kilowatt-hours labelled Wh. */
  wrongUnit: z.boolean().optional(),
  /** Never answer these actions, or any. */
  ignoreCalls: z.union([z.literal(true), z.array(z.string())]).optional(),
  answerLateMs: z.int().nonnegative().optional(),
  rejectStart: z.boolean().optional(),
  /** Cut the socket, once per transaction, this long after its start. */
  dropMidChargeAfterMs: z.int().nonnegative().optional(),
  /** Lose power mid-charge and come back having forgotten the transaction: it is never stopped. */
  rebootMidChargeAfterMs: z.int().nonnegative().optional(),
  /** The energy register falls back to zero mid-charge. */
  resetRegisterAfterMs: z.int().nonnegative().optional(),
  /** Stop under a transaction id nobody gave out. */
  unknownStop: z.boolean().optional(),
  /** After each boot, one frame of this many bytes. */
  hugeFrameBytes: z.int().positive().optional(),
  /** After each boot, one binary frame. */
  binaryFrame: z.boolean().optional(),
});
export type Misbehaviour = z.infer<typeof Misbehaviour>;

export const UNKNOWN_TRANSACTION_16 = 2_000_000_001;
export const UNKNOWN_TRANSACTION_201 = 'nobody-gave-out-this-transaction';
