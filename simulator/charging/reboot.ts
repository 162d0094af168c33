import type { StopCause } from '#simulator/charger-state.ts';
import { disconnected } from '#simulator/charging/registration.ts';
import { forgetReports } from '#simulator/charging/report.ts';
import { endSession } from '#simulator/charging/session.ts';
import type { Turn } from '#simulator/turn.ts';

/** How long a soft reset waits for its last messages to be answered. */
const DRAIN_MS = 5000;

/** Ends what runs, tells the platform as far as it listens in time, and goes down. */
export function softReset(turn: Turn): void {
  endAll(turn, 'soft_reset');
  turn.state.reboot = { phase: 'draining', until: turn.now + DRAIN_MS };
  turn.state.bootReason = 'remote_reset';
}

/** Goes down at once; what is left to say is said after the next boot. */
export function hardReset(turn: Turn): void {
  endAll(turn, 'hard_reset');
  turn.state.reboot = { phase: 'draining', until: turn.now };
  turn.state.bootReason = 'remote_reset';
}

/** Resets as soon as nobody charges. */
export function resetWhenIdle(turn: Turn): void {
  turn.state.reboot = { phase: 'waiting', until: null };
  turn.state.bootReason = 'remote_reset';
}

export function powerCycle(turn: Turn): void {
  endAll(turn, 'power_loss');
  turn.state.bootReason = 'power_up';
  goDown(turn, true);
}

function endAll(turn: Turn, cause: StopCause): void {
  for (const connector of turn.state.connectors) endSession(turn, connector, cause);
}

/** Goes down for the new firmware to come up. */
export function rebootForFirmware(turn: Turn): void {
  endAll(turn, 'soft_reset');
  turn.state.reboot = { phase: 'draining', until: turn.now + DRAIN_MS };
  turn.state.bootReason = 'firmware_update';
}

export function goDown(turn: Turn, abrupt: boolean): void {
  const { state } = turn;
  state.reboot = { phase: 'down', until: turn.now + state.options.rebootMs };
  for (const connector of state.connectors) {
    connector.grant = null;
    connector.authorizing = null;
    connector.finishing = false;
  }
  turn.outputs.push({ type: 'hang_up', abrupt });
  disconnected(turn);
  state.registration = 'unknown';
  state.bootDueAt = null;
  state.heartbeatDueAt = null;
  state.reconnectAt = null;
  state.messageCount = 0;
  forgetReports(turn.state);
  turn.dialect.wentDown(turn);
}

/** Takes a reboot on its way: wait, drain, go down, come up. */
export function continueReboot(turn: Turn): void {
  const { state, now } = turn;
  if (state.reboot?.phase === 'waiting' && state.connectors.every(({ session }) => !session)) {
    state.reboot = { phase: 'draining', until: now + DRAIN_MS };
  }
  const { reboot } = state;
  if (!reboot || reboot.phase === 'waiting') return;
  const late = reboot.until !== null && reboot.until <= now;
  if (reboot.phase === 'down') {
    if (late) state.reboot = null;
    return;
  }
  const drained = state.queue.length === 0 && state.inFlight === null;
  if (late || drained || !state.online) goDown(turn, false);
}
