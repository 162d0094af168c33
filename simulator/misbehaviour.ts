import * as z from 'zod';

const Ms = z.int().nonnegative();
const Times = z.int().nonnegative();

/** What goes wrong on the wire, whatever is said. */
const Wire = z.object({
  /** Put every frame of ours on the wire twice, same message id. */
  duplicateFrames: z.boolean().optional(),
  /** White space, a byte-order mark, or both around every frame. */
  sloppyFrames: z.enum(['whitespace', 'byte_order_mark', 'both']).optional(),
  /** An empty request is sent as `null`, or without any payload. */
  emptyPayload: z.enum(['null', 'missing']).optional(),
  /** A field of the vendor's own in every request. */
  extraProperties: z.boolean().optional(),
  /** Errors of three or four elements instead of five: no details, no description. */
  shortErrors: z.enum(['no_details', 'no_description']).optional(),
  /** Message ids 1, 2, 3, ..., beginning anew with every boot. */
  restartMessageIds: z.boolean().optional(),
  /** Heartbeats and statuses do not wait for the answer to the call before them. */
  parallelCalls: z.boolean().optional(),
  /** After each boot: an answer nobody waits for, a frame of an unknown type, an unknown action. */
  strayFrames: z.array(z.enum(['result', 'error', 'unknown_type', 'unknown_action'])).optional(),
  /** After each boot, one frame of this many bytes. */
  hugeFrameBytes: z.int().positive().optional(),
  /** After each boot, one binary frame. */
  binaryFrame: z.boolean().optional(),
});

/** What goes wrong with the connection. */
const Link = z.object({
  /** Offer these subprotocols, or none, instead of our own. */
  subprotocols: z.array(z.string()).optional(),
  /** A connection that is given up stays open this much longer beside the new one. */
  oldSocketMs: Ms.optional(),
  /** Close the connection when nothing was said for so long. */
  closeWhenSilentMs: Ms.optional(),
  /** Answer no call any more when nothing was said for so long, until the next connection. */
  deafWhenSilentMs: Ms.optional(),
  /** Cut the socket, once per transaction, this long after its start. */
  dropMidChargeAfterMs: Ms.optional(),
  /** Lose power mid-charge and come back having forgotten the transaction: it is never stopped. */
  rebootMidChargeAfterMs: Ms.optional(),
  /** Tell of statuses and beat before the first BootNotification. */
  talkBeforeBoot: z.boolean().optional(),
  /** Go on as if accepted although the platform said Pending. */
  talkWhilePending: z.boolean().optional(),
  /** After a reconnection, no status until the next boot. */
  noStatusAfterReconnect: z.boolean().optional(),
});

/** What goes wrong with answers to the platform's calls. */
const Answers = z.object({
  /** Never answer these actions, or any. */
  ignoreCalls: z.union([z.literal(true), z.array(z.string())]).optional(),
  answerLateMs: Ms.optional(),
  /** Answer every call twice. */
  duplicateAnswers: z.boolean().optional(),
  /** By action: a refusal, an error in place of the result, or a result of another shape. */
  answerWith: z
    .record(
      z.string(),
      z.enum(['Rejected', 'NotSupported', 'NotImplemented', 'InternalError', 'rubbish']),
    )
    .optional(),
  rejectStart: z.boolean().optional(),
  /** Accept the stop of a transaction, and charge on. */
  ignoreStop: z.boolean().optional(),
});

/** What goes wrong with transactions. */
const Transactions = z.object({
  /** Send the transaction's start this many times more after it was answered, each under a new message id. */
  repeatStart: Times.optional(),
  /** The same for its end, each a second later than the one before. */
  repeatStop: Times.optional(),
  /** Let a periodic meter message be overtaken by the transaction message that follows it. */
  reorder: z.boolean().optional(),
  /** Send the start only after the stop. */
  stopBeforeStart: z.boolean().optional(),
  /** Send everything of a transaction once more, so long after it was answered. */
  replayAfterMs: Ms.optional(),
  /** Stop under a transaction id nobody gave out. */
  unknownStop: z.boolean().optional(),
  /** Stop under the id -1 (1.6). */
  stopWithMinusOne: z.boolean().optional(),
  /** Meter values of a transaction do not say of which (1.6). */
  metersWithoutTransaction: z.boolean().optional(),
  /** Events of these numbers are kept back until the platform asks for the transaction's status (2.0.1). */
  keepBackEvents: z.array(z.int().nonnegative()).optional(),
  /** No Started is ever sent (2.0.1). */
  noStarted: z.boolean().optional(),
  /** One more Updated after the Ended (2.0.1). */
  updatedAfterEnded: z.boolean().optional(),
  /** The EVSE is named in the second event only (2.0.1). */
  lateEvse: z.boolean().optional(),
  /** The EVSE is named without its connector (2.0.1). */
  noConnectorId: z.boolean().optional(),
});

/** What goes wrong with meters. */
const Meter = z.object({
  /** Kilowatt-hours labelled Wh. */
  wrongUnit: z.boolean().optional(),
  meter: z
    .array(
      z.enum([
        /** Energy of the session instead of the register's. */
        'session_energy',
        /** Frequency in `Hz`, which the 1.6 schema does not know. */
        'hertz',
        /** Temperature in `Celcius`, as 1.6 first spelt it. */
        'celcius',
        /** A reading context that is no context. */
        'wrong_context',
        /** Current on phase `N`. */
        'phase_n',
        'not_numeric',
        /** Energy only phase by phase. */
        'energy_by_phase',
        'no_units',
        /** Numbers where 1.6 wants text, text where 2.0.1 wants numbers. */
        'wrong_type',
        /** A signed value beside the plain one. */
        'signed',
      ]),
    )
    .optional(),
  /** The energy register falls back to zero mid-charge. */
  resetRegisterAfterMs: Ms.optional(),
  /** The register at the end is below that at the start. */
  stopBelowStart: z.boolean().optional(),
});

/** What goes wrong with the rest. */
const Manners = z.object({
  /** Local time with a Z is an offset too: that of the zone. */
  clockOffsetMs: z.int().optional(),
  /** A clock that was never set: 2026 begins in 1970. */
  clock1970: z.boolean().optional(),
  /** Timestamps without a zone designator. */
  zonelessTimestamps: z.boolean().optional(),
  timestamps: z.enum(['offset', 'microseconds', 'whole_seconds', 'space']).optional(),
  /** A model name longer than the schema allows. */
  longModel: z.boolean().optional(),
  /** Error codes of our own instead of the protocol's (1.6). */
  oddErrorCodes: z.boolean().optional(),
  /** An object in DataTransfer.data (1.6). */
  objectInDataTransfer: z.boolean().optional(),
  firmware: z.array(z.enum(['no_request_id', 'repeated', 'late'])).optional(),
  reports: z.array(z.enum(['no_tbc', 'backwards', 'duplicated', 'no_available'])).optional(),
  /** Ask for the same certificate this many times more. */
  repeatCsr: Times.optional(),
});

/** Ways in which real chargers go wrong, each off unless asked for. */
export const Misbehaviour = z.object({
  ...Wire.shape,
  ...Link.shape,
  ...Answers.shape,
  ...Transactions.shape,
  ...Meter.shape,
  ...Manners.shape,
});
export type Misbehaviour = z.infer<typeof Misbehaviour>;

export const UNKNOWN_TRANSACTION_16 = 2_000_000_001;
export const UNKNOWN_TRANSACTION_201 = 'nobody-gave-out-this-transaction';
