import type * as z from 'zod';
import { decodeFrame, errorFrame, type Frame, resultFrame } from '#simulator/rpc/frame.ts';
import { settle } from '#simulator/rpc/outbox.ts';
import type { Turn } from '#simulator/turn.ts';

/** Takes in one frame of the platform's. */
export function receive(turn: Turn, text: string): void {
  const frame = decodeFrame(text);
  const { inFlight } = turn.state;
  switch (frame.kind) {
    case 'call':
      answerCall(turn, frame);
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

function answerCall(turn: Turn, call: Extract<Frame, { kind: 'call' }>): void {
  const { ignoreCalls, answerLateMs } = turn.state.misbehave;
  if (ignoreCalls === true || ignoreCalls?.includes(call.action)) return;
  const text = answerText(turn, call);
  if (answerLateMs === undefined) turn.outputs.push({ type: 'send', text });
  else turn.state.lateAnswers.push({ at: turn.now + answerLateMs, text });
}

function answerText(turn: Turn, { id, action, payload }: Extract<Frame, { kind: 'call' }>): string {
  const { answers, knownActions, errorCodes } = turn.dialect;
  const answer = Object.hasOwn(answers, action) ? answers[action] : undefined;
  if (!answer) {
    return knownActions.includes(action)
      ? errorFrame(id, 'NotSupported', `${action} is not supported by this charger`)
      : errorFrame(id, 'NotImplemented', `${action} is not known here`);
  }
  const issue = answer.check(payload);
  if (!issue) return resultFrame(id, answer.reply(turn, payload));
  return errorFrame(id, violation(issue, errorCodes), `${issue.path.join('.')}: ${issue.message}`);
}

function violation(issue: z.core.$ZodIssue, codes: { format: string; occurrence: string }): string {
  if (issue.path.length === 0) return codes.format;
  if (issue.code !== 'invalid_type') return 'PropertyConstraintViolation';
  return issue.input === undefined ? codes.occurrence : 'TypeConstraintViolation';
}

function answerRubbish(turn: Turn, id: string, code: string): void {
  if (turn.dialect.answersRubbish) {
    turn.outputs.push({ type: 'send', text: errorFrame(id, code, '') });
  }
}

/** Sends the answers that were held back long enough, if there is still anyone to hear them. */
export function sendLateAnswers({ state, now, outputs }: Turn): void {
  const due = state.lateAnswers.filter((one) => one.at <= now);
  state.lateAnswers = state.lateAnswers.filter((one) => one.at > now);
  if (state.online) outputs.push(...due.map(({ text }) => ({ type: 'send' as const, text })));
}
