import type * as z from 'zod';
import { decodeFrame, errorFrame, type Frame, resultFrame } from '#simulator/rpc/frame.ts';
import { settle } from '#simulator/rpc/outbox.ts';
import type { Turn } from '#simulator/turn.ts';

type Call = Extract<Frame, { kind: 'call' }>;

/** Takes in one frame of the platform's. */
export function receive(turn: Turn, text: string): void {
  const frame = decodeFrame(text);
  const { inFlight, misbehave, lastFrameAt } = turn.state;
  const wasSilentMs = turn.now - lastFrameAt;
  const isDeaf = wasSilentMs >= (misbehave.deafWhenSilentMs ?? Number.POSITIVE_INFINITY);
  if (!isDeaf) turn.state.lastFrameAt = turn.now;
  switch (frame.kind) {
    case 'call':
      if (!isDeaf) answerCall(turn, frame);
      return;
    case 'result':
      if (inFlight?.id === frame.id) settle(turn, { outcome: 'result', payload: frame.payload });
      return;
    case 'error':
      if (inFlight?.id === frame.id) settle(turn, { outcome: 'error' });
      return;
    case 'unknown_type':
      answerRubbish(turn, frame.id, 'MessageTypeNotSupported');
      return;
    case 'rubbish':
      answerRubbish(turn, '-1', 'RpcFrameworkError');
      return;
  }
}

function answerCall(turn: Turn, call: Call): void {
  const { ignoreCalls, answerLateMs, duplicateAnswers } = turn.state.misbehave;
  if (ignoreCalls === true || ignoreCalls?.includes(call.action)) return;
  const text = misanswer(turn, call) ?? answerText(turn, call);
  if (answerLateMs !== undefined) {
    turn.state.lateAnswers.push({ at: turn.now + answerLateMs, text });
    return;
  }
  turn.outputs.push({ type: 'send', text });
  if (duplicateAnswers) turn.outputs.push({ type: 'send', text });
}

/** The answer of a charger that was told to answer this action in its own way. */
function misanswer({ state }: Turn, { id, action }: Call): string | null {
  const { answerWith = {}, shortErrors } = state.misbehave;
  const how = Object.hasOwn(answerWith, action) ? answerWith[action] : undefined;
  if (!how) return null;
  if (how === 'Rejected') return resultFrame(id, { status: 'Rejected' });
  if (how === 'rubbish') return resultFrame(id, { outcome: 'maybe' });
  return errorFrame(id, how, 'as it was told to', shortErrors);
}

function answerText(turn: Turn, { id, action, payload }: Call): string {
  const { answers, knownActions, errorCodes } = turn.dialect;
  const { shortErrors } = turn.state.misbehave;
  const answer = Object.hasOwn(answers, action) ? answers[action] : undefined;
  if (!answer) {
    return knownActions.includes(action)
      ? errorFrame(id, 'NotSupported', `${action} is not supported by this charger`, shortErrors)
      : errorFrame(id, 'NotImplemented', `${action} is not known here`, shortErrors);
  }
  const issue = answer.check(payload);
  if (!issue) return resultFrame(id, answer.reply(turn, payload));
  const description = `${issue.path.join('.')}: ${issue.message}`;
  return errorFrame(id, violation(issue, errorCodes), description, shortErrors);
}

function violation(issue: z.core.$ZodIssue, codes: { format: string; occurrence: string }): string {
  if (issue.path.length === 0) return codes.format;
  if (issue.code !== 'invalid_type') return 'PropertyConstraintViolation';
  return issue.input === undefined ? codes.occurrence : 'TypeConstraintViolation';
}

function answerRubbish(turn: Turn, id: string, code: string): void {
  if (turn.dialect.answersRubbish) {
    const { shortErrors } = turn.state.misbehave;
    turn.outputs.push({ type: 'send', text: errorFrame(id, code, '', shortErrors) });
  }
}

/** Sends the answers that were held back long enough, if there is still anyone to hear them. */
export function sendLateAnswers({ state, now, outputs }: Turn): void {
  const due = state.lateAnswers.filter((one) => one.at <= now);
  state.lateAnswers = state.lateAnswers.filter((one) => one.at > now);
  if (state.online) outputs.push(...due.map(({ text }) => ({ type: 'send' as const, text })));
}
