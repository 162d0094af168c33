import type { Connector, Grant, Reading, Session, StopCause } from '#simulator/charger-state.ts';
import { isFlowing } from '#simulator/charging/connectors.ts';
import { drawId } from '#simulator/physics/random.ts';
import { readMeter } from '#simulator/physics/reading.ts';
import { forgetTransactionProfiles } from '#simulator/profiles/profile-store.ts';
import { useReservation } from '#simulator/reservations/reserve.ts';
import { settingNumber } from '#simulator/settings.ts';
import { keep } from '#simulator/store.ts';
import type { Trigger, Turn } from '#simulator/turn.ts';

const SHORTEST_SAMPLE_MS = 1000;

/** Begins a transaction once there is both a cable and a permission. */
export function tryToBegin(turn: Turn, connector: Connector, trigger: Trigger): void {
  const { grant, car, session, fault } = connector;
  if (!grant || !car || session || fault !== null) return;
  const begin = readNow(turn, connector, 'Transaction.Begin');
  turn.state.lastTransaction += 1;
  const begun: Session = {
    number: turn.state.lastTransaction,
    id: drawId(turn.state, turn.now),
    tag: grant.tag,
    remoteStartId: grant.remoteStartId,
    startedAt: turn.now,
    meterStartWh: begin.energyWh,
    seqNo: 0,
    sampleDueAt: nextSampleAt(turn),
    reportedFlow: '',
    begin,
    mischiefDone: [],
    registerStartWh: connector.registerWh,
    group: grant.group,
    reservationId: useReservation(turn, connector, grant.tag, grant.group),
    cost: null,
    reportedLimitW: null,
  };
  connector.session = begun;
  connector.reserved = false;
  connector.grant = null;
  connector.finishing = false;
  connector.unplugAt = null;
  takeGivenProfile(turn, connector, grant, begun);
  turn.dialect.started(turn, connector, begun, trigger);
}

/** The profile that came with a remote start is for this transaction alone [1.6 section 5.16.2]. */
function takeGivenProfile(
  { state }: Turn,
  connector: Connector,
  grant: Grant,
  { number }: Session,
) {
  if (!grant.profile) return;
  const profile = { ...grant.profile, connectorId: connector.id, transaction: number };
  const others = state.store.profiles.filter(({ id }) => id !== profile.id);
  keep(state, { profiles: [...others, profile] });
}

export function endSession(turn: Turn, connector: Connector, cause: StopCause): void {
  const { session } = connector;
  if (!session) return;
  const end = readNow(turn, connector, 'Transaction.End');
  turn.dialect.ended(turn, connector, session, cause, end);
  forgetSession(turn, connector);
}

/** Leaves a transaction behind without a word; the car goes when it would have gone. */
export function forgetSession(turn: Turn, connector: Connector): void {
  if (connector.session) forgetTransactionProfiles(turn.state, connector.session.number);
  connector.session = null;
  connector.finishing = connector.car !== null;
  connector.operative = connector.scheduledOperative ?? connector.operative;
  connector.scheduledOperative = null;
  scheduleUnplug(turn, connector);
}

export function scheduleUnplug({ state, now }: Turn, connector: Connector): void {
  const { unplugDelayMs } = state.options;
  connector.unplugAt = connector.car && unplugDelayMs !== null ? now + unplugDelayMs : null;
}

/** What the meter shows now, or what a meter shows that counts by session or backwards. */
export function readNow(turn: Turn, connector: Connector, context: Reading['context']): Reading {
  const { state, now } = turn;
  const reading = readMeter(state, connector, now, context, isFlowing(connector));
  const { session } = connector;
  if (state.misbehave.meter?.includes('session_energy')) {
    reading.energyWh -= Math.floor(session?.registerStartWh ?? connector.registerWh);
  }
  if (context === 'Transaction.End' && state.misbehave.stopBelowStart && session) {
    reading.energyWh = Math.max(0, session.meterStartWh - 1000);
  }
  return reading;
}

/** The time of the next sample; an interval of zero means none are wanted. */
function nextSampleAt(turn: Turn): number | null {
  const seconds = settingNumber(turn, 'sampleSeconds');
  if (seconds <= 0) return null;
  return turn.now + Math.max(SHORTEST_SAMPLE_MS, (seconds * 1000) / turn.state.options.speed);
}

/** Takes the samples that are due. After a long sleep there is one, not a heap. */
export function takeSamples(turn: Turn): void {
  for (const connector of turn.state.connectors) {
    const { session } = connector;
    if (!session?.sampleDueAt || session.sampleDueAt > turn.now) continue;
    session.sampleDueAt = nextSampleAt(turn);
    turn.dialect.metered(turn, connector, session, readNow(turn, connector, 'Sample.Periodic'));
  }
}

/** Readings on the clock, of every connector [ClockAlignedDataInterval]. */
export function takeAlignedReadings(turn: Turn): void {
  const { state, now } = turn;
  const seconds = settingNumber(turn, 'alignedSeconds');
  const due = state.alignedDueAt;
  state.alignedDueAt =
    seconds > 0 ? (Math.floor(now / (seconds * 1000)) + 1) * seconds * 1000 : null;
  if (due === null || due > now || seconds <= 0) return;
  for (const connector of state.connectors) {
    turn.dialect.alignedMeter(turn, connector, readNow(turn, connector, 'Sample.Clock'));
  }
}

/** Lets a changed sampling interval take effect now instead of after the old one. */
export function rescheduleSamples(turn: Turn): void {
  for (const { session } of turn.state.connectors) {
    if (session) session.sampleDueAt = nextSampleAt(turn);
  }
}
