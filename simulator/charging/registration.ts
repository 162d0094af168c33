import type { ChargerState } from '#simulator/charger-state.ts';
import { forgetReports } from '#simulator/charging/report.ts';
import { firmwareCameUp } from '#simulator/firmware/firmware-status.ts';
import { recordSecurityEvent } from '#simulator/logs/security-events.ts';
import { sendOddFrames } from '#simulator/rpc/odd-frames.ts';
import { loseUnheard } from '#simulator/rpc/outbox.ts';
import { changeSetting, settingNumber } from '#simulator/settings.ts';
import type { Turn } from '#simulator/turn.ts';

/** How long to wait for another try where the platform gave no interval. */
const BOOT_RETRY_SECONDS = 30;
/** Long enough for the answer to arrive that brought us to it. */
const RECONNECT_MS = 1000;

/** A connection stands. Only a charger that was not accepted yet introduces itself. */
export function connected(turn: Turn): void {
  const { state, now, dialect } = turn;
  state.online = true;
  state.reconnectAt = null;
  state.lastFrameAt = now;
  state.isReconnected = state.registration === 'accepted';
  if (state.isReconnected) return;
  state.bootDueAt = now;
  if (!state.misbehave.talkBeforeBoot) return;
  dialect.heartbeat(turn, true);
  for (const connector of state.connectors) {
    dialect.notifyStatus(turn, connector, dialect.connectorStatus(turn, connector), true);
  }
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
  state.isReconnected = false;
  forgetReports(turn.state);
  sendOddFrames(turn);
  firmwareCameUp(turn);
  if (state.options.securityEvents) recordSecurityEvent(turn, 'StartupOfTheDevice');
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

/** Comes back soon over another connection: other credentials, or another address. */
export function reconnectSoon({ state, now }: Turn): void {
  if (state.online) state.reconnectAt = now + RECONNECT_MS;
}

export function tendReconnection(turn: Turn): void {
  const { state, now, outputs } = turn;
  const { closeWhenSilentMs } = state.misbehave;
  const silent = closeWhenSilentMs !== undefined && state.lastFrameAt + closeWhenSilentMs <= now;
  const wanted = state.reconnectAt !== null && state.reconnectAt <= now;
  if (!state.online || (!silent && !wanted)) return;
  state.reconnectAt = null;
  outputs.push({ type: 'hang_up', abrupt: false });
  disconnected(turn);
}

export function reconnectionDueAt({ online, reconnectAt, lastFrameAt, misbehave }: ChargerState) {
  if (!online) return Number.POSITIVE_INFINITY;
  const { closeWhenSilentMs = Number.POSITIVE_INFINITY } = misbehave;
  return Math.min(reconnectAt ?? Number.POSITIVE_INFINITY, lastFrameAt + closeWhenSilentMs);
}
