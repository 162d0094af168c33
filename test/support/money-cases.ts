import type { MoneyCase } from '#test/scenarios/money-misbehaviour.ts';

/** What a charger of either version may do wrong with an innocent driver's money. */
export const moneyCases: readonly MoneyCase[] = [
  {
    title: 'frames come twice, in white space, with fields of its own, and ids of before',
    misbehave: {
      ...{ duplicateFrames: true, sloppyFrames: 'whitespace', extraProperties: true },
      ...{ restartMessageIds: true, parallelCalls: true, shortErrors: 'no_details' },
      emptyPayload: 'missing',
      strayFrames: ['result', 'error', 'unknown_type', 'unknown_action'],
    },
    flags: ['repaired:unknown-field-dropped'],
  },
  {
    title: 'it sends what is no message, and hangs up when nothing is said',
    misbehave: { hugeFrameBytes: 200_000, binaryFrame: true, closeWhenSilentMs: 600 },
  },
  {
    title: 'its name is too long, its codes are its own, its vendor sends objects',
    misbehave: { longModel: true, oddErrorCodes: true, objectInDataTransfer: true },
  },
  {
    title: 'start and end are repeated, messages change their order, all is told again later',
    misbehave: { repeatStart: 2, repeatStop: 2, reorder: true, replayAfterMs: 500 },
  },
  {
    title: 'the connection breaks and the old one stays open',
    misbehave: { dropMidChargeAfterMs: 400, oldSocketMs: 1500, noStatusAfterReconnect: true },
  },
  {
    title: 'it talks before it has booted, and answers late, and twice',
    misbehave: { talkBeforeBoot: true, duplicateAnswers: true, answerLateMs: 200 },
  },
  {
    title: 'its meter counts the session instead of all that ever was',
    misbehave: { meter: ['session_energy'] },
  },
  { title: 'energy is told only phase by phase', misbehave: { meter: ['energy_by_phase'] } },
  { title: 'timestamps have an offset', misbehave: { timestamps: 'offset' } },
  {
    title: 'timestamps have no zone',
    misbehave: { zonelessTimestamps: true },
    flags: ['repaired:zone-assumed-utc'],
  },
  { title: 'timestamps have whole seconds', misbehave: { timestamps: 'whole_seconds' } },
  {
    title: 'timestamps have a space',
    misbehave: { timestamps: 'space' },
    flags: ['repaired:instant-respelled'],
  },
  {
    title: 'timestamps have microseconds',
    misbehave: { timestamps: 'microseconds' },
    flags: ['repaired:instant-respelled'],
  },
  {
    title: 'its register falls back to zero in the middle',
    misbehave: { resetRegisterAfterMs: 300 },
    flags: ['meter_reset'],
    partly: true,
  },
  {
    title: 'its register ends below where it began',
    misbehave: { stopBelowStart: true },
    flags: ['meter_reset'],
    partly: true,
  },
  { title: 'its clock was never set', misbehave: { clock1970: true }, flags: ['clock_not_set'] },
];
