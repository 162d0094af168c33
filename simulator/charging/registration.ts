import { forgetReports } from '#simulator/charging/report.ts';
import { loseUnheard } from '#simulator/rpc/outbox.ts';
import { changeSetting, settingNumber } from '#simulator/settings.ts';
import type { Turn } from '#simulator/turn.ts';

/** How long to wait for another try where the platform gave no interval. */
const BOOT_RETRY_SECONDS = 30;

/** A connection stands. Only a charger that was not accepted yet introduces itself. */
export function connected({ state, now }: Turn): void {
  state.online = true;
  if (state.registration !== 'accepted') state.bootDueAt = now;
}

export function disconnected(turn: Turn): void {
  if (!turn.state.online) return;
  turn.state.online = false;
  turn.state.lateAnswers = [];
  loseUnheard(turn);
}

type BootAnswer = { status: 'Accepted' | 'Pending' | 'Rejected'; interval: number };

export function bootAnswered(turn: Turn, answer: BootAnswer | null): void {
  const { state, now } = turn;
  if (answer?.status === 'Accepted') {
    accepted(turn, answer.interval);
    return;
  }
  if (answer) state.registration = answer.status === 'Pending' ? 'pending' : 'rejected';
  state.bootDueAt = now + (answer?.interval || BOOT_RETRY_SECONDS) * 1000;
}

function accepted(turn: Turn, interval: number): void {
  const { state } = turn;
  const seconds = state.options.heartbeatSeconds ?? interval;
  if (seconds > 0) changeSetting(turn, 'heartbeatSeconds', String(seconds));
  rescheduleHeartbeat(turn);
  if (state.registration === 'accepted') return;
  state.registration = 'accepted';
  forgetReports(turn.state);
  sendOddFrames(turn);
}

export function rescheduleHeartbeat(turn: Turn): void {
  const seconds = settingNumber(turn, 'heartbeatSeconds');
  turn.state.heartbeatDueAt = seconds > 0 ? turn.now + seconds * 1000 : null;
}

/** Boots and beats that are due. */
export function keepRegistered(turn: Turn): void {
  const { state, now, dialect } = turn;
  if (!state.online) return;
  if (state.bootDueAt !== null && state.bootDueAt <= now) {
    state.bootDueAt = null;
    dialect.boot(turn);
  }
  if (state.registration !== 'accepted' || state.heartbeatDueAt === null) return;
  if (state.heartbeatDueAt <= now) {
    rescheduleHeartbeat(turn);
    dialect.heartbeat(turn);
  }
}

function sendOddFrames({ state, outputs }: Turn): void {
  const { hugeFrameBytes, binaryFrame } = state.misbehave;
  if (hugeFrameBytes !== undefined) {
    outputs.push({ type: 'send', text: `[2,"huge","${'x'.repeat(hugeFrameBytes)}",{}]` });
  }
  if (binaryFrame) outputs.push({ type: 'send_binary', bytes: Uint8Array.of(0, 159, 146, 150) });
}
